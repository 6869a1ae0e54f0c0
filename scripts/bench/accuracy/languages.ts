/** Turns texts into what the language model of npm's `lande` takes, as that package does: how frequent 620 groups of one to four characters are. */

import { readFileSync } from "node:fs";

const GROUPS = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/models/lande_ngrams.json", import.meta.url), "utf8"),
) as Readonly<Record<"languages" | "unigrams" | "bigrams" | "trigrams" | "quadgrams", readonly string[]>>;

const LISTS = [GROUPS.unigrams, GROUPS.bigrams, GROUPS.trigrams, GROUPS.quadgrams];

/** The same question in a few languages, with the ISO 639-3 code of each. */
export const SENTENCES: Readonly<Record<string, string>> = {
  eng: "What language is this sentence written in?",
  deu: "In welcher Sprache ist dieser Satz geschrieben?",
  fra: "Dans quelle langue est écrite cette phrase?",
  ita: "In che lingua è scritta questa frase?",
  rus: "На каком языке написано это предложение?",
  tur: "Bu cümle hangi dilde yazılmıştır?",
  fin: "Millä kielellä tämä lause on kirjoitettu?",
  heb: "באיזו שפה כתוב המשפט הזה?",
  jpn: "この文は何語で書かれていますか。",
  pol: "W jakim języku jest napisane to zdanie?",
  spa: "¿En qué idioma está escrita esta oración?",
  cmn: "这句话是用什么语言写的？",
  dan: "Hvilket sprog er denne sætning skrevet på?",
  lit: "Kokia kalba parašytas šis sakinys?",
  swe: "Vilket språk är den här meningen skriven på?",
  ell: "Σε ποια γλώσσα είναι γραμμένη αυτή η πρόταση;",
};

/** The code of one of the 50 languages. */
export function languageOf(index: number): string {
  return GROUPS.languages[index]!;
}

/** Frequencies of the groups in a text. */
export function features(text: string): Float32Array {
  const letters = text.replace(/-+/g, " ").replace(/[^\p{L}\p{M}\s]/gu, "");
  const normal = ` ${letters
    .replace(/\s{2,}/g, " ")
    .toLowerCase()
    .trim()} `;
  const frequencies = LISTS.flatMap((groups, i) => {
    const length = i + 1;
    const total = Math.max(0, normal.length - length + 1);
    const counts = new Map<string, number>();
    for (let at = 0; at < total; at++) {
      const group = normal.slice(at, at + length);
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    return groups.map((group) => (counts.get(group) ?? 0) / Math.max(total, 1));
  });
  return Float32Array.from(frequencies);
}
