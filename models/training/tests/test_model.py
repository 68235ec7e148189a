"""Properties of the reference model that training and serving rely on."""
import copy
import os
import random
import tempfile
import unittest

import torch

from models.training import package, prompt, safetensors_io
from models.training.export import fold_levels
from models.training.fixtures import randomise
from models.training.model.config import seven_b, tiny
from models.training.model.vlm import DeltaLlava
from models.training.packing import attention, pack
from models.training.questions import training_turns
from models.training.scenes import render_seed
from models.training.scoring import answer_logits, exact
from models.training.tokenizer import EOS, Tokenizer


class ModelTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tokenizer = Tokenizer.load("models/nano/tokenizer.json")
        torch.manual_seed(3)
        cls.model = DeltaLlava(tiny(cls.tokenizer.size)).eval()
        randomise(cls.model, 4)
        with torch.no_grad():
            cls.tapped, cls.level = cls.model.features(torch.randn(2, 3, 168, 168))
        cls.images = [training_turns(random.Random(s), render_seed(s).state) for s in range(2)]

    @torch.no_grad()
    def test_packed_turns_equal_single_prompts(self):
        packed = pack(self.tokenizer, self.images)
        visual = self.model.visual_tokens(self.tapped, self.level, 16)
        logits, targets, image, turn = answer_logits(self.model, packed, visual)
        for i, turns in enumerate(self.images):
            for t, asked in enumerate(turns):
                after = prompt.question_ids(self.tokenizer, asked.question)
                answer = prompt.answer_ids(self.tokenizer, asked.answer)
                x = self.model.prompt(visual[i:i + 1], prompt.before_ids(self.tokenizer), after + answer[:-1])
                n = x.shape[1]
                mask = torch.full((n, n), float("-inf")).triu(1)[None, None]
                hidden, _ = self.model.language_model(x, torch.arange(n)[None], mask)
                alone = self.model.language_model.lm_head(hidden[0, -len(answer):])
                here = logits[(image == i) & (turn == t)]
                torch.testing.assert_close(here, alone, rtol=1e-4, atol=1e-4)
                self.assertEqual(targets[(image == i) & (turn == t)].tolist(), answer)

    @torch.no_grad()
    def test_exact_match_equals_greedy_decoding(self):
        packed = pack(self.tokenizer, self.images)
        visual = self.model.visual_tokens(self.tapped, self.level, 4)
        marks = exact(self.model, packed, visual, self.images)
        for i, turns in enumerate(self.images):
            for asked, mark in zip(turns, marks[i]):
                answer = prompt.answer_ids(self.tokenizer, asked.answer)
                x = self.model.prompt(visual[i:i + 1], prompt.before_ids(self.tokenizer),
                                      prompt.question_ids(self.tokenizer, asked.question))
                _, ids, _ = self.model.greedy(x, len(answer), EOS)
                self.assertEqual(ids == answer, mark)

    @torch.no_grad()
    def test_full_budget_ignores_the_query_branch(self):
        first = self.model.visual_tokens(self.tapped, self.level, 144)
        other = self.model.visual_tokens(self.tapped, self.level * 3 + 1, 144)
        self.assertTrue(torch.equal(first, other))
        coarse = self.model.visual_tokens(self.tapped, self.level, 36)
        self.assertFalse(torch.equal(coarse, self.model.visual_tokens(self.tapped, self.level * 3 + 1, 36)))

    @torch.no_grad()
    def test_window_attention_equals_torch_attention(self):
        projector, scale = self.model.multi_modal_projector, 3
        taught = projector.scale_log_temperature.data.clone()
        projector.scale_log_temperature.data.zero_()
        ours = projector(self.tapped, self.level, scale)
        q = projector.queries(self.level, scale).flatten(0, 1)[None]
        k, v = (projector.windows(p(self.tapped), scale).flatten(0, 1).transpose(0, 1)
                for p in (projector.k_proj_1, projector.v_proj_1))
        theirs = projector.mlp(projector.clip_attn(q, k, v)[0].view(2, 16, -1))
        projector.scale_log_temperature.data.copy_(taught)
        torch.testing.assert_close(ours, theirs, rtol=1e-5, atol=1e-5)

    @torch.no_grad()
    def test_mask_lets_a_turn_see_the_prefix_and_itself_only(self):
        packed = pack(self.tokenizer, self.images)
        positions, mask = attention(packed, 4)
        segments = packed.segments[0, packed.prefix:]
        second = int((segments == 2).nonzero()[0]) + packed.prefix + 4
        self.assertEqual(int(positions[0, second]), packed.prefix + 4)
        self.assertTrue(bool((mask[0, 0, second, :packed.prefix + 4] == 0).all()))
        self.assertTrue(bool((mask[0, 0, second, packed.prefix + 4:second] < 0).all()))

    @torch.no_grad()
    def test_folded_levels_read_unscaled_features(self):
        std = torch.tensor([0.5, 2.0, 4.0])
        taught = self.model.multi_modal_projector
        folded = copy.deepcopy(taught)
        fold_levels(folded, std)
        scaled = self.tapped / std.repeat_interleave(64)
        for scale in (1, 2, 12):
            torch.testing.assert_close(folded(self.tapped, self.level, scale),
                                       taught(scaled, self.level / std[2], scale), rtol=1e-4, atol=1e-5)

    def test_package_round_trip(self):
        with tempfile.TemporaryDirectory() as folder:
            package.write(folder, self.model, "models/nano/tokenizer.json", "x", False, {})
            loaded, _, manifest = package.load(folder)
            for (n, a), (m, b) in zip(self.model.state_dict().items(), loaded.state_dict().items()):
                self.assertEqual(n, m)
                self.assertTrue(torch.equal(a, b), n)
            self.assertEqual(loaded.config, self.model.config)
            self.assertEqual(manifest["ladder"], [144, 36, 16, 9, 4, 1])

    def test_safetensors_keeps_types_and_names(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "x.safetensors")
            tensors = {"b": torch.randn(2, 3).half(), "a": torch.arange(4, dtype=torch.int32)}
            safetensors_io.write(path, tensors, {"k": 1})
            back = safetensors_io.read(path)
            self.assertEqual(sorted(back), ["a", "b"])
            self.assertTrue(torch.equal(back["b"], tensors["b"]))

    def test_published_shapes_follow_from_the_configuration(self):
        config = seven_b()
        self.assertEqual(config.delta.budgets, [576, 144, 64, 36, 16, 4, 1])
        self.assertEqual(config.delta.ntb_attention % config.delta.ntb_head_dim, 0)


if __name__ == "__main__":
    unittest.main()
