// Parts of an admin page that show what goes on: each `data-live` element is as the server says, anew every so
// many seconds. Forms with `data-quiet` are sent without leaving the page, one after the other.

const parser = new DOMParser();
/** @type {Promise<unknown>} */
let sent = Promise.resolve();

/**
 * Change what differs and nothing else: focus, what was typed, and what screen readers follow stay.
 * @param {Node} old
 * @param {Node} now
 */
export function renew(old, now) {
  if (old instanceof Element && now instanceof Element && old.tagName === now.tagName && old.id === now.id) {
    renewAttributes(old, now);
    renewChildren(old, now);
  } else if (old.nodeType === Node.TEXT_NODE && now.nodeType === Node.TEXT_NODE) {
    if (old.nodeValue !== now.nodeValue) old.nodeValue = now.nodeValue;
  } else {
    old.parentNode?.replaceChild(now.cloneNode(true), old);
  }
}

/** @param {Element} old @param {Element} now */
function renewAttributes(old, now) {
  for (const { name } of [...old.attributes]) {
    if (!now.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of now.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

/** @param {Element} old @param {Element} now */
function renewChildren(old, now) {
  const [before, after] = [[...old.childNodes], [...now.childNodes]];
  after.forEach((child, place) => {
    const there = before[place];
    if (there) renew(there, child);
    else old.append(child.cloneNode(true));
  });
  for (const surplus of before.slice(after.length)) surplus.remove();
}

/** @param {Response} answer */
async function show(answer) {
  if (!answer.ok) return;
  const fresh = parser.parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(old.id);
    if (now) renew(old, now);
  }
  document.dispatchEvent(new Event("renewed"));
}

async function look() {
  if (document.hidden) return;
  try {
    await show(await fetch(location.href));
  } catch {
    // The server is away: the next look may find it.
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.matches("[data-quiet]")) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  sent = sent.then(() => fetch(form.action, { method: "POST", body })).then(show, () => undefined);
});

const seconds = [...document.querySelectorAll("[data-live]")].map((part) => Number(part.getAttribute("data-live")));
if (seconds.length) setInterval(look, 1000 * Math.min(...seconds));
