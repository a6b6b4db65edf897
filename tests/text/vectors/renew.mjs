// Renews vectors.jsonl and tlds.py with the reference. In an empty folder: npm install twitter-text@3.1.0, copy this file
// there, then, with the project's root as the working directory of python:
//   PYTHONPATH=src:. python tests/text/vectors/strings.py | node renew.mjs > tests/text/vectors/vectors.jsonl
//   node renew.mjs --tlds > src/medsosbot/text/tlds.py
// Each vector: [text, weighted length, [[start, end, url]...], [[start, end]... of mentions and lists], [hashtags],
// [cashtags]]; offsets in UTF-16 units of the text as given (the length is of the text in NFC).
import readline from "node:readline";
import twitter from "twitter-text";

const places = (found) => found.map(({ indices }) => indices);

async function vectors() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const text = JSON.parse(line);
    const row = [
      text,
      twitter.parseTweet(text).weightedLength,
      twitter.extractUrlsWithIndices(text).map(({ url, indices }) => [...indices, url]),
      places(twitter.extractMentionsOrListsWithIndices(text)),
      places(twitter.extractHashtagsWithIndices(text)),
      places(twitter.extractCashtagsWithIndices(text)),
    ];
    console.log(JSON.stringify(row));
  }
}

// The names inside the reference's expression, in its own order.
const names = (expression) => expression.source.match(/\(\?:\(\?:(.*?)\)\(\?=/)[1].split("|");
const isAscii = (name) => /^[\x00-\x7f]*$/.test(name);

function wrapped(words, width) {
  const lines = [""];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.join("\n");
}

function tlds() {
  const generic = names(twitter.regexen.validGTLD);
  const country = names(twitter.regexen.validCCTLD);
  const block = (words, width) => `"""\n${wrapped(words, width)}\n"""`;
  console.log(`"""The top-level domains that twitter-text v3 knows, and with it X: a bare word before one of them becomes a link.

Source: the public list of twitter-text 3.1.0. Renewed by tests/text/vectors/renew.mjs, never by hand.
"""

GENERIC = ${block(generic.filter(isAscii).sort(), 112)}
COUNTRY = ${block(country.filter(isAscii).sort(), 112)}
# In the order in which they are tried: a longer one stands before the one that begins it.
INTERNATIONAL = ${block([...generic, ...country].filter((name) => !isAscii(name)), 56)}`);
}

if (process.argv.includes("--tlds")) tlds();
else await vectors();
