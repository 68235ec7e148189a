"""The tokenizer keeps domain words whole, digits apart, and encodes any text."""
import json
import unittest

from models.training.fixtures import TEXTS
from models.training.questions.vocabulary import starts, words
from models.training.tokenizer import MARK, Tokenizer, build


class TokenizerTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tokenizer = Tokenizer.load("models/nano/tokenizer.json")

    def test_shipped_file_is_what_the_builder_makes(self):
        with open("models/nano/tokenizer.json", encoding="utf-8") as file:
            self.assertEqual(json.load(file), build(words(), starts()))

    def test_every_domain_word_is_one_token(self):
        for word in words():
            self.assertEqual(len(self.tokenizer.encode(word)), 1, word)
        for word in starts():
            self.assertEqual(len(self.tokenizer.encode("\n" + word)), 3, word)

    def test_digits_stay_single_whatever_precedes_them(self):
        ids = self.tokenizer.encode("slot 407")
        self.assertEqual([self.tokenizer.texts[i] for i in ids], [MARK + "slot", MARK, "4", "0", "7"])

    def test_any_text_comes_back(self):
        for text in TEXTS:
            back = self.tokenizer.decode(self.tokenizer.encode(text))
            self.assertEqual(back, text.replace(MARK, " "), repr(text))

    def test_words_do_not_depend_on_their_neighbours(self):
        whole = self.tokenizer.encode("Is there a red car in slot 3?")
        parts = [i for w in "Is there a red car in slot".split() for i in self.tokenizer.encode(w)]
        self.assertEqual(whole[:len(parts)], parts)


if __name__ == "__main__":
    unittest.main()
