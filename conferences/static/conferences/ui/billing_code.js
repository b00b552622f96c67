/**
 * What this meeting goes under in the books: shown to presenters and hosts, said by hosts.
 *
 * @import {Meeting} from "conferences/ui/view.js"
 */

import { part, the } from "conferences/ui/parts.js";

/** @param {Meeting} meeting */
export function billingCode({ live }) {
  const dialog = part("billing-code", HTMLDialogElement);
  the("[data-close]", HTMLElement, dialog).addEventListener("click", () => dialog.close());
  part("billing-code-form", HTMLFormElement).addEventListener("submit", () => {
    live.submit({ type: "billing.code", code: part("billing-code-text", HTMLInputElement).value.trim() });
  });
  part("billing-code-clear", HTMLElement).addEventListener("click", () => {
    live.submit({ type: "billing.code", code: "" });
    dialog.close();
  });
  return () => {
    const code = live.picture?.billing_code ?? "";
    part("billing-code-clear", HTMLElement).hidden = !code;
    part("billing-code-shown", HTMLElement).hidden = !code;
    part("billing-code-now", HTMLElement).textContent = code;
  };
}

/** @param {Meeting} meeting */
export function openBillingCode({ live }) {
  const text = part("billing-code-text", HTMLInputElement);
  text.value = live.picture?.billing_code ?? "";
  part("billing-code", HTMLDialogElement).showModal();
  text.select();
}
