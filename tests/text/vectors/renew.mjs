// Renews vectors.jsonl with the reference. In an empty folder: npm install twitter-text@3.1.0, copy this file there, then
//   PYTHONPATH=src:. python tests/text/vectors/strings.py | node renew.mjs > tests/text/vectors/vectors.jsonl
// Each line: [text, weighted length, [[start, end, url]...], [[start, end]... of mentions and lists], [hashtags], [cashtags]];
// offsets in UTF-16 units of the text as given (the length is of the text in NFC).
import readline from "node:readline";
import twitter from "twitter-text";

const places = (found) => found.map(({ indices }) => indices);
for await (const line of readline.createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  const urls = twitter.extractUrlsWithIndices(text).map(({ url, indices }) => [...indices, url]);
  const row = [
    text,
    twitter.parseTweet(text).weightedLength,
    urls,
    places(twitter.extractMentionsOrListsWithIndices(text)),
    places(twitter.extractHashtagsWithIndices(text)),
    places(twitter.extractCashtagsWithIndices(text)),
  ];
  console.log(JSON.stringify(row));
}
