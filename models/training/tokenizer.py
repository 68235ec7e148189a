"""Tokenizer in LLaMA's layout: byte-fallback BPE, `tokenizer.json` of Hugging Face, version 1.0.

Ids: 0 <unk>, 1 <s>, 2 </s>, 3..258 the bytes, then single characters, then merged pieces, last <image>.
Every word of the domain is one token. Merges only ever grow a word from its left end: first all pieces that
begin with the word mark, then the few words that can follow a line break without one; so a word's tokens never
depend on its neighbours. Digits are never merged, not even with the word mark: " 407" is four tokens.

    python3 -m models.training.tokenizer --out models/nano/tokenizer.json
"""
import argparse
import json
import string

MARK = "\u2581"
UNK, BOS, EOS = 0, 1, 2
IMAGE = "<image>"


def chain(word):
    """Merges that build `word` character by character from the left."""
    return [(word[:i], word[i]) for i in range(1, len(word))]


def build(words, starts):
    """Tokenizer JSON for `words` (each gets a marked token) and `starts` (tokens without the mark as well)."""
    merges, pieces = [], []
    for word in [MARK + w for w in sorted(words | starts)] + sorted(starts):
        for pair in chain(word):
            if pair not in merges:
                merges.append(pair)
                pieces.append(pair[0] + pair[1])
    tokens = ["<unk>", "<s>", "</s>"] + ["<0x%02X>" % b for b in range(256)]
    tokens += [MARK] + list(string.digits + string.ascii_letters + "?.,:;!'-()")
    tokens += pieces
    vocab = {t: i for i, t in enumerate(tokens)}
    assert len(vocab) == len(tokens)
    special = ["<unk>", "<s>", "</s>", IMAGE]
    vocab_size = len(vocab)
    added = [{"id": vocab.get(t, vocab_size), "content": t, "single_word": False, "lstrip": False, "rstrip": False,
              "normalized": False, "special": True} for t in special]
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": MARK},
            {"type": "Replace", "pattern": {"String": " "}, "content": MARK}]},
        "pre_tokenizer": None,
        "post_processor": {"type": "TemplateProcessing", "single": [
            {"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
            "pair": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                     {"SpecialToken": {"id": "<s>", "type_id": 1}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"<s>": {"id": "<s>", "ids": [BOS], "tokens": ["<s>"]}}},
        "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": MARK}, "content": " "}, {"type": "ByteFallback"},
            {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
        "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None,
                  "end_of_word_suffix": None, "fuse_unk": True, "byte_fallback": True, "ignore_merges": False,
                  "vocab": vocab, "merges": [a + " " + b for a, b in merges]},
    }


class Tokenizer:
    """Reference encoder and decoder for a `tokenizer.json` written by `build`."""

    def __init__(self, data):
        model = data["model"]
        self.ids = dict(model["vocab"])
        self.ranks = {tuple(m.split(" ")): i for i, m in enumerate(model["merges"])}
        for token in data["added_tokens"]:
            self.ids[token["content"]] = token["id"]
        self.texts = {i: t for t, i in self.ids.items()}
        self.size = max(self.ids.values()) + 1
        self.image = self.ids[IMAGE]
        self._cache = {}

    @staticmethod
    def load(path):
        """Read a `tokenizer.json`."""
        with open(path, encoding="utf-8") as file:
            return Tokenizer(json.load(file))

    def encode(self, text, prefix=True):
        """Ids of `text` without special tokens; `prefix` puts the word mark in front, as a prompt's start has."""
        key = (text, prefix)
        if key not in self._cache:
            if len(self._cache) > 200000:
                self._cache.clear()
            self._cache[key] = self._encode((MARK + text if prefix and text else text).replace(" ", MARK))
        return list(self._cache[key])

    def _encode(self, text):
        parts = list(text)
        while len(parts) > 1:
            best = min(range(len(parts) - 1), key=lambda i: self.ranks.get((parts[i], parts[i + 1]), 1 << 30))
            if (parts[best], parts[best + 1]) not in self.ranks:
                break
            parts[best:best + 2] = [parts[best] + parts[best + 1]]
        ids = []
        for part in parts:
            if part in self.ids:
                ids.append(self.ids[part])
            else:
                ids += [3 + b for b in part.encode("utf-8")]
        return ids

    def decode(self, ids):
        """Text of `ids`; special tokens vanish, one leading space is stripped."""
        raw = bytearray()
        for i in ids:
            if 3 <= i < 259:
                raw.append(i - 3)
            elif i > 2 and i != self.image:
                raw += self.texts[i].replace(MARK, " ").encode("utf-8")
        text = raw.decode("utf-8", errors="replace")
        return text[1:] if text.startswith(" ") else text


def main():
    from .questions.vocabulary import starts, words

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="models/nano/tokenizer.json")
    args = parser.parse_args()
    data = build(words(), starts())
    with open(args.out, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=1)
    print("%s: %d tokens" % (args.out, Tokenizer(data).size))


if __name__ == "__main__":
    main()
