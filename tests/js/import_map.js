// Lets `node --test` find modules as the browser does: `conferences/core/state.js` is
// `conferences/static/conferences/core/state.js`. Loaded by `node --import ./tests/js/import_map.js`.

import { register } from "node:module";
import { isMainThread } from "node:worker_threads";

const APPS = ["bridges", "conferences", "recording", "streaming"];
const ROOT = new URL("../../", import.meta.url);

if (isMainThread) {
  register(import.meta.url);
}

/**
 * @param {string} specifier
 * @param {object} context
 * @param {(specifier: string, context: object) => Promise<object>} next
 */
export async function resolve(specifier, context, next) {
  const [app = ""] = specifier.split("/");
  return next(APPS.includes(app) ? new URL(`${app}/static/${specifier}`, ROOT).href : specifier, context);
}
