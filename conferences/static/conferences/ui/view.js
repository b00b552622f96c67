/**
 * What this page shows and how, which is nobody else's business: panels, pins, who is heard. One object for all of `ui`.
 *
 * @import {AnyFigure} from "conferences/core/messages.js"
 * @import {Live} from "conferences/live.js"
 * @import {Mode} from "conferences/core/layout.js"
 * @import {Local} from "conferences/media/local.js"
 * @import {Session} from "conferences/media/session.js"
 * @import {Wishes} from "conferences/media/wishes.js"
 * @import {Page, Seat} from "conferences/seat.js"
 * @import {Open} from "conferences/core/slides.js"
 * @import {Uploads} from "conferences/uploads.js"
 */

/**
 * What every module of `ui` is given.
 *
 * @typedef {{live: Live, uploads: Uploads, files: Uploads, session: Session, local: Local, wishes: Wishes, seat: Seat, page: Page, view: View, fetched?: (address: string) => Promise<Response>}} Meeting
 */
/** @typedef {"" | "select" | "text" | "note" | "eraser" | "laser" | import("conferences/core/messages.js").PenMoved["kind"]} Tool */
/** @typedef {"" | "people" | "chat" | "documents" | "polls" | "questions" | "agenda" | "notes" | "contents" | "transcript"} Panel */

/** @typedef {AnyFigure["colour"]} Colour */
/** @typedef {AnyFigure["width"]} Width */

export class View {
  /** @type {Panel} */
  panel = "";
  /** The key of the tile that is kept large. */
  pinned = "";
  /** @type {Mode} */
  mode = "grid";
  /** One looks on one's own, though somebody leads the view. */
  astray = false;
  /** What one looks at while one browses on one's own. @type {Open | null} */
  own = null;
  /** All pages are shown small. */
  pages = false;
  /** The tools for drawing are laid out. */
  drawing = false;
  /** The one that is taken up. @type {Tool} */
  tool = "";
  /** @type {Colour} */
  colour = "red";
  /** @type {Width} */
  width = "medium";
  /** Shapes. @type {Set<string>} */
  selected = new Set();
  /** Who has the floor. */
  speaker = "";
  /** @type {Record<string, number>} */
  levels = {};
  /** @type {Record<string, "good" | "poor" | "lost">} */
  quality = {};
  unread = 0;
  /** A host asked us to unmute. */
  asked = false;
  /** To whom one writes; "": everyone. */
  to = "";
  /** The line of chat that one answers; 0: none. */
  reply = 0;
  /** The line that one edits. */
  edit = 0;
  /** The page for everyone that one has opened, or put off. */
  linkSeen = 0;
  /** We are on our way in. */
  joining = false;
  /** Why we did not come in. */
  refusal = "";

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** @param {Partial<View>} changes */
  set(changes) {
    Object.assign(this, changes);
    this.changed();
  }

  /** @param {Panel} panel */
  toggle(panel) {
    this.set({ panel: this.panel === panel ? "" : panel, ...(panel === "chat" ? { unread: 0 } : {}) });
  }
}
