// Firefox, driven by lines of JSON: {"do", …} comes in by stdin, {"gives"} or {"fails"} goes out by stdout.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const PATIENCE_MS = 60_000;
const probe = readFileSync(new URL("probe.js", import.meta.url), "utf8");

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: "/usr/bin/firefox-esr",
  headless: true,
  timeout: PATIENCE_MS,
  extraPrefsFirefox: {
    "media.navigator.streams.fake": true,
    "media.navigator.permission.disabled": true,
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
  },
});
const page = await browser.newPage();
page.setDefaultTimeout(PATIENCE_MS);
const complaints = [];
page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(String(error)));
await page.evaluateOnNewDocument(probe);

const TAGS = { button: "button", textbox: "input, textarea" };

/** By its accessible name; the browser's own search for one takes a quarter of a minute. */
const named = (role, name) =>
  page.waitForFunction(
    (tags, name) =>
      [...document.querySelectorAll(tags)].find((element) => {
        const label = element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent;
        return element.checkVisibility() && (label ?? "").trim() === name;
      }),
    { polling: 100 },
    TAGS[role],
    name,
  );

const DEEDS = {
  open: ({ url }) => page.goto(url),
  press: async ({ name }) => (await named("button", name)).click(),
  fill: async ({ name, text }) => (await named("textbox", name)).type(text),
  wait: ({ condition, argument }) => page.waitForFunction(condition, { polling: 100 }, argument),
  say: ({ expression }) => page.evaluate(expression),
  complaints: () => complaints,
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: deed, ...wish } = JSON.parse(line);
  try {
    const given = await DEEDS[deed](wish);
    answer({ gives: ["say", "complaints"].includes(deed) ? (given ?? null) : null });
  } catch (error) {
    answer({ fails: String(error) });
  }
}
await browser.close();

function answer(said) {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
