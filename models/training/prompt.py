"""The prompt, vicuna-like and short: `USER: <image>\\n{question} ASSISTANT:` and then the answer.

The pieces around the image are tokenised separately, each with the word mark in front; <s> comes once:

    [<s>] + encode("USER: ")   K visual rows   encode("\\n{question} ASSISTANT:")   answer: encode(answer) + [</s>]
"""
from .tokenizer import BOS, EOS

BEFORE_IMAGE = "USER: "
AFTER_IMAGE = "\n{question} ASSISTANT:"


def before_ids(tokenizer):
    """Ids in front of the visual tokens."""
    return [BOS] + tokenizer.encode(BEFORE_IMAGE)


def question_ids(tokenizer, question):
    """Ids between the visual tokens and the answer."""
    return tokenizer.encode(AFTER_IMAGE.replace("{question}", question))


def answer_ids(tokenizer, answer):
    """Ids of an answer and its end."""
    return tokenizer.encode(answer) + [EOS]


def manifest_entry(tokenizer, example="How many cars are there?"):
    """What a server needs to build the same ids, with an example to prove it."""
    return {
        "before_image": BEFORE_IMAGE, "after_image_template": AFTER_IMAGE,
        "rule": "ids = [bos] + encode(before_image), then K visual rows, then encode(after_image_template with "
                "{question} replaced); each encode applies the tokenizer's normalizer (word mark in front) by itself "
                "and adds no special token",
        "bos_token_id": BOS, "eos_token_id": EOS, "image_token_id": tokenizer.image,
        "example": {"question": example, "before_ids": before_ids(tokenizer),
                    "after_ids": question_ids(tokenizer, example)},
        "max_new_tokens": 192,
    }
