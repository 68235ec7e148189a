"""Tower, projector and decoder together: encode an image once, then prefill and decode at any budget."""
import torch
from torch import nn

from .decoder import Decoder
from .delta import DeltaProjector
from .tower import VisionTower

NEG = float("-inf")


class DeltaLlava(nn.Module):
    """Module names give Hugging Face LLaVA checkpoint names (`vision_tower.`, `multi_modal_projector.`, ...)."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        self.vision_tower = VisionTower(config.tower)
        self.multi_modal_projector = DeltaProjector(config.delta, config.tower.hidden, config.decoder.hidden)
        self.language_model = Decoder(config.decoder)

    def features(self, pixels):
        """Normalised pixels [B, 3, H, W] -> (tapped [B, P, taps * C], level [B, P, C]); the CLS row is dropped."""
        delta = self.config.delta
        states = self.vision_tower(pixels, upto=max(delta.taps + [delta.query_layer]))
        return torch.cat([states[t][:, 1:] for t in delta.taps], -1), states[delta.query_layer][:, 1:]

    def visual_tokens(self, tapped, level, budget):
        """[B, K, hidden] for a budget of K tokens."""
        delta = self.config.delta
        return self.multi_modal_projector(tapped, level, delta.scales[delta.budgets.index(budget)])

    def prompt(self, visual, before, after):
        """Embeddings of ids `before`, visual tokens [1, K, hidden], ids `after`: [1, n, hidden]."""
        embed = self.language_model.model.embed_tokens
        return torch.cat([embed(torch.tensor([before])), visual.float(), embed(torch.tensor([after]))], 1)

    def prefill(self, embeddings):
        """(logits of the last position [vocab], cache)."""
        n = embeddings.shape[1]
        mask = torch.full((n, n), NEG).triu(1)[None, None]
        hidden, cache = self.language_model(embeddings, torch.arange(n)[None], mask)
        return self.language_model.lm_head(hidden[0, -1]), cache

    def greedy(self, embeddings, limit, eos):
        """(first logits, up to `limit` greedy ids, smallest lead of a chosen logit over the next one).

        Ends after `eos` unless it is None.
        """
        logits, cache = self.prefill(embeddings)
        first, ids, n, lead = logits, [], embeddings.shape[1], float("inf")
        while True:
            best = logits.topk(2)
            ids.append(int(best.indices[0]))
            lead = min(lead, float(best.values[0] - best.values[1]))
            if len(ids) == limit or ids[-1] == eos:
                return first, ids, lead
            x = self.language_model.model.embed_tokens(torch.tensor([[ids[-1]]]))
            hidden, cache = self.language_model(x, torch.tensor([[n]]), torch.zeros(1, 1, 1, 1), cache)
            logits, n = self.language_model.lm_head(hidden[0, -1]), n + 1
