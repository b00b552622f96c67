// Written by `manage.py write_protocol` from conferences/core. Do not edit.

export interface Picture {
  seq: number;
  name: string;
  policy: Policy;
  status: "waiting" | "open" | "ended";
  opened_at: number;
  locked: boolean;
  warning: EndWarning | null;
  answer_by: number;
  end_reason: "host" | "admin" | "empty" | "lone" | "no_host" | "host_left" | "length" | null;
  participants: Record<string, Participant>;
  chat: ChatLine[];
  documents: Record<string, Document>;
  shown: Shown | null;
  drawings: Record<string, Record<number, Shape[]>>;
  drawers: "presenters" | "everyone";
  polls: Poll[];
  ballots: Record<string, Record<number, Answer>>;
  questions: Question[];
  timer: Timer | null;
  spotlight: string;
  link: SharedLink | null;
  agenda: Agenda;
  captions: Captions;
  lead: Lead | null;
  recording: Recording | null;
  billing_code: string;
  lobby_message: string;
  notes: Record<string, string>;
  dials: Record<string, Dial>;
  spoken_names: Record<string, string>;
}

export interface Participant {
  id: string;
  name: string;
  role: "waiting" | "guest" | "presenter" | "host";
  joined_at: number;
  entitled: boolean;
  web: boolean;
  phone: boolean;
  connected: boolean;
  microphone: boolean;
  camera: boolean;
  screen: boolean;
  sound: boolean;
  hand: number;
  held: boolean;
  line: "good" | "poor";
}

export interface ChatLine {
  id: number;
  at: number;
  participant: string;
  name: string;
  text: string;
  to: string;
  reply: number;
  file: ChatFile | null;
  edited: boolean;
  deleted: boolean;
  reactions: LineReaction[];
}

export interface ChatFile {
  id: string;
  name: string;
  url: string;
  size: number;
  width: number;
  height: number;
}

export interface LineReaction {
  reaction: "thumbs_up" | "applause" | "heart" | "laugh" | "surprise" | "celebrate" | "thumbs_down";
  participant: string;
  name: string;
}

export interface Captions {
  writers: string[];
  lines: CaptionLine[];
}

export interface CaptionLine {
  id: number;
  at: number;
  participant: string;
  speaker: string;
  text: string;
}

export interface EndWarning {
  reason: "host" | "admin" | "empty" | "lone" | "no_host" | "host_left" | "length";
  ends_at: number;
}

export interface Document {
  id: string;
  name: string;
  owner: string;
  url: string;
  kind: "file" | "board";
  status: "converting" | "ready" | "failed";
  pages: number;
  done: number;
  page: number;
  download: boolean;
  failure: "encrypted" | "broken" | "too_many_pages" | "too_complex" | "needs_office" | "conversion_failed" | null;
}

export interface Shown {
  document: string;
  by: string;
  x: number;
  y: number;
  zoom: number;
}

export interface Policy {
  lobby: boolean;
  start_without_host: boolean;
  mute_on_entry: boolean;
  guests_share: boolean;
  sharing: boolean;
  tones: boolean;
  chat_kept: boolean;
  chat_files: "everyone" | "presenters" | "nobody";
  callers_allowed: boolean;
  callers_unmute: boolean;
  dial_out: "nobody" | "hosts" | "everyone";
  announce_callers: "tone" | "name" | "nothing";
  recording: "off" | "on_demand" | "always";
  recorded: "cameras" | "screens" | "slides" | "chat" | "polls"[];
  host_leaves: "end" | "end_later" | "carry_on";
  host_leaves_after_s: number;
  auto_lock_s: number;
  seats: number;
  wait_for_host_s: number;
  host_grace_s: number;
  seat_s: number;
  empty_s: number;
  lone_s: number;
  lone_answer_s: number;
  length_s: number;
}

export interface Poll {
  id: number;
  at: number;
  kind: "yes_no" | "single" | "multiple" | "open";
  question: string;
  options: string[];
  anonymous: boolean;
  quiz: boolean;
  running: boolean;
  shared: boolean;
  solved: boolean;
  right: number[];
  answers: Answer[];
}

export interface Answer {
  participant: string;
  name: string;
  choices: number[];
  text: string;
}

export interface Question {
  id: number;
  at: number;
  participant: string;
  name: string;
  text: string;
  votes: string[];
  answered: boolean;
  reply: string;
}

export interface Timer {
  started_at: number;
  ends_at: number;
}

export interface SharedLink {
  id: number;
  url: string;
  title: string;
  participant: string;
  name: string;
}

export interface Agenda {
  items: AgendaItem[];
  current: number;
  since: number;
}

export interface AgendaItem {
  id: number;
  title: string;
  minutes: number;
  done: boolean;
}

export interface Lead {
  by: string;
  mode: "grid" | "speaker";
  large: string;
}

export interface Dial {
  call: string;
  label: string;
  by: string;
  to: string;
  status: "dialing" | "ringing" | "answered";
}

export interface Recording {
  id: number;
  parts: "cameras" | "screens" | "slides" | "chat" | "polls"[];
  started_at: number;
  status: "recording" | "paused";
  paused_at: number;
  paused_ms: number;
  live: boolean;
  reduced: boolean;
  ran_over: boolean;
}

export interface Slot {
  mid: string;
  participant: string;
  source: "camera" | "microphone" | "phone" | "screen" | "screen_audio";
}

export interface Shape {
  id: string;
  participant: string;
  z: number;
  figure: AnyFigure;
}

export interface Motion {
  participant: string;
  move: PenMoved | PointerMoved;
}

export interface Stroke {
  kind: "stroke";
  colour: "black" | "grey" | "red" | "orange" | "yellow" | "green" | "blue" | "violet";
  width: "thin" | "medium" | "thick";
  points: number[];
}

export interface Highlight {
  kind: "highlight";
  colour: "black" | "grey" | "red" | "orange" | "yellow" | "green" | "blue" | "violet";
  width: "thin" | "medium" | "thick";
  points: number[];
}

export interface Line {
  kind: "line";
  colour: "black" | "grey" | "red" | "orange" | "yellow" | "green" | "blue" | "violet";
  width: "thin" | "medium" | "thick";
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface Arrow {
  kind: "arrow";
  colour: "black" | "grey" | "red" | "orange" | "yellow" | "green" | "blue" | "violet";
  width: "thin" | "medium" | "thick";
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface Rectangle {
  kind: "rectangle";
  colour: "black" | "grey" | "red" | "orange" | "yellow" | "green" | "blue" | "violet";
  width: "thin" | "medium" | "thick";
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface Ellipse {
  kind: "ellipse";
  colour: "black" | "grey" | "red" | "orange" | "yellow" | "green" | "blue" | "violet";
  width: "thin" | "medium" | "thick";
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface Text {
  kind: "text";
  colour: "black" | "grey" | "red" | "orange" | "yellow" | "green" | "blue" | "violet";
  width: "thin" | "medium" | "thick";
  x: number;
  y: number;
  text: string;
}

export interface Note {
  kind: "note";
  colour: "black" | "grey" | "red" | "orange" | "yellow" | "green" | "blue" | "violet";
  width: "thin" | "medium" | "thick";
  x: number;
  y: number;
  text: string;
}

export type AnyFigure =
  | Stroke
  | Highlight
  | Line
  | Arrow
  | Rectangle
  | Ellipse
  | Text
  | Note;

export interface LeaveConference {
  type: "participant.leave";
}

export interface RenameParticipant {
  type: "participant.rename";
  name: string;
  participant?: string;
}

export interface RemoveParticipant {
  type: "participant.remove";
  participant: string;
}

export interface AdmitParticipant {
  type: "lobby.admit";
  participant: string;
}

export interface AdmitAll {
  type: "lobby.admit_all";
}

export interface DenyParticipant {
  type: "lobby.deny";
  participant: string;
}

export interface SetRole {
  type: "role.set";
  participant: string;
  role: "waiting" | "guest" | "presenter" | "host";
}

export interface PassRole {
  type: "role.pass";
  participant: string;
}

export interface MuteMicrophone {
  type: "microphone.mute";
  participant?: string;
}

export interface MuteAll {
  type: "microphone.mute_all";
}

export interface UnmuteMicrophone {
  type: "microphone.unmute";
}

export interface AskToUnmute {
  type: "microphone.ask";
  participant: string;
}

export interface StartCamera {
  type: "camera.start";
}

export interface StopCamera {
  type: "camera.stop";
  participant?: string;
}

export interface ShareScreen {
  type: "screen.share";
  sound?: boolean;
}

export interface StopScreen {
  type: "screen.stop";
  participant?: string;
}

export interface RaiseHand {
  type: "hand.raise";
}

export interface LowerHand {
  type: "hand.lower";
  participant?: string;
}

export interface LowerAllHands {
  type: "hand.lower_all";
}

export interface SendReaction {
  type: "reaction.send";
  reaction: "thumbs_up" | "applause" | "heart" | "laugh" | "surprise" | "celebrate" | "thumbs_down";
}

export interface LockConference {
  type: "conference.lock";
}

export interface UnlockConference {
  type: "conference.unlock";
}

export interface StayInConference {
  type: "conference.stay";
}

export interface EndConference {
  type: "conference.end";
}

export interface ChangePolicy {
  type: "policy.change";
  lobby?: boolean | null;
  mute_on_entry?: boolean | null;
  guests_share?: boolean | null;
  chat_files?: "everyone" | "presenters" | "nobody" | null;
  tones?: boolean | null;
  callers_allowed?: boolean | null;
  callers_unmute?: boolean | null;
  dial_out?: "nobody" | "hosts" | "everyone" | null;
}

export interface ChangeAgenda {
  type: "agenda.change";
  items: AgendaItem[];
}

export interface GoToItem {
  type: "agenda.go";
  item?: number;
}

export interface TickItem {
  type: "agenda.tick";
  item: number;
  done?: boolean;
}

export interface SetBillingCode {
  type: "billing.code";
  code: string;
}

export interface OpenBoard {
  type: "board.open";
  name: string;
}

export interface ExtendBoard {
  type: "board.extend";
  document: string;
}

export interface PermitBoard {
  type: "board.permit";
  who: "presenters" | "everyone";
}

export interface ClearBoard {
  type: "board.clear";
  document: string;
  page: number;
}

export interface AddShape {
  type: "shape.add";
  document: string;
  page: number;
  shape: string;
  figure: AnyFigure;
}

export interface RewordShape {
  type: "shape.reword";
  document: string;
  page: number;
  shape: string;
  text: string;
}

export interface MoveShapes {
  type: "shapes.move";
  document: string;
  page: number;
  shapes: string[];
  dx: number;
  dy: number;
}

export interface EraseShapes {
  type: "shapes.erase";
  document: string;
  page: number;
  shapes: string[];
}

export interface RestoreShapes {
  type: "shapes.restore";
  document: string;
  page: number;
  shapes: string[];
}

export interface DialOut {
  type: "call.dial";
  number: string;
  name?: string;
  to_me?: boolean;
}

export interface CancelDial {
  type: "call.cancel";
  call: string;
}

export interface MergeCall {
  type: "call.merge";
  participant: string;
  into: string;
}

export interface SplitCall {
  type: "call.split";
  participant?: string;
  hang_up?: boolean;
}

export interface HoldInLobby {
  type: "lobby.hold";
  participant: string;
}

export interface AssignCaptions {
  type: "captions.assign";
  participant?: string;
}

export interface UnassignCaptions {
  type: "captions.unassign";
  participant?: string;
}

export interface WriteCaption {
  type: "captions.write";
  text: string;
  speaker?: string;
}

export interface SendChat {
  type: "chat.send";
  text: string;
  to?: string;
  reply?: number;
}

export interface EditChat {
  type: "chat.edit";
  line: number;
  text: string;
}

export interface DeleteChat {
  type: "chat.delete";
  line: number;
}

export interface ReactToChat {
  type: "chat.react";
  line: number;
  reaction: "thumbs_up" | "applause" | "heart" | "laugh" | "surprise" | "celebrate" | "thumbs_down";
  on?: boolean;
}

export interface CallNext {
  type: "hand.next";
}

export interface MoveSpotlight {
  type: "spotlight.move";
  participant?: string;
}

export interface StartTimer {
  type: "timer.start";
  seconds: number;
}

export interface StopTimer {
  type: "timer.stop";
}

export interface LeadLayout {
  type: "layout.lead";
  mode: "grid" | "speaker";
  large?: string;
}

export interface ReleaseLayout {
  type: "layout.release";
}

export interface TellLobby {
  type: "lobby.tell";
  text?: string;
}

export interface ShareLink {
  type: "link.share";
  url: string;
  title?: string;
}

export interface WithdrawLink {
  type: "link.withdraw";
}

export interface WriteNotes {
  type: "notes.write";
  text: string;
}

export interface OpenPoll {
  type: "poll.open";
  kind: "yes_no" | "single" | "multiple" | "open";
  question?: string;
  options?: string[];
  right?: number[];
  anonymous?: boolean;
  shared?: boolean;
}

export interface AnswerPoll {
  type: "poll.answer";
  poll: number;
  choices?: number[];
  text?: string;
}

export interface StopPoll {
  type: "poll.stop";
  poll: number;
}

export interface SharePoll {
  type: "poll.share";
  poll: number;
}

export interface HidePoll {
  type: "poll.hide";
  poll: number;
}

export interface DiscardPoll {
  type: "poll.discard";
  poll: number;
}

export interface AskQuestion {
  type: "question.ask";
  text: string;
}

export interface VoteQuestion {
  type: "question.vote";
  question: number;
  up?: boolean;
}

export interface AnswerQuestion {
  type: "question.answer";
  question: number;
  reply?: string;
}

export interface DismissQuestion {
  type: "question.dismiss";
  question: number;
}

export interface StartRecording {
  type: "recording.start";
  parts?: "cameras" | "screens" | "slides" | "chat" | "polls"[] | null;
}

export interface PauseRecording {
  type: "recording.pause";
}

export interface ResumeRecording {
  type: "recording.resume";
}

export interface StopRecording {
  type: "recording.stop";
}

export interface GoLive {
  type: "recording.go_live";
}

export interface EndLive {
  type: "recording.end_live";
}

export interface PresentDocument {
  type: "document.present";
  document: string;
  page?: number | null;
}

export interface DismissDocument {
  type: "document.dismiss";
  document: string;
}

export interface TurnPage {
  type: "page.turn";
  document: string;
  page: number;
}

export interface FocusPage {
  type: "page.focus";
  document: string;
  page: number;
  x: number;
  y: number;
  zoom: number;
}

export interface ReleaseDocument {
  type: "document.release";
  document: string;
  allowed: boolean;
}

export interface RemoveDocument {
  type: "document.remove";
  document: string;
}

export type ClientCommand =
  | LeaveConference
  | RenameParticipant
  | RemoveParticipant
  | AdmitParticipant
  | AdmitAll
  | DenyParticipant
  | SetRole
  | PassRole
  | MuteMicrophone
  | MuteAll
  | UnmuteMicrophone
  | AskToUnmute
  | StartCamera
  | StopCamera
  | ShareScreen
  | StopScreen
  | RaiseHand
  | LowerHand
  | LowerAllHands
  | SendReaction
  | LockConference
  | UnlockConference
  | StayInConference
  | EndConference
  | ChangePolicy
  | ChangeAgenda
  | GoToItem
  | TickItem
  | SetBillingCode
  | OpenBoard
  | ExtendBoard
  | PermitBoard
  | ClearBoard
  | AddShape
  | RewordShape
  | MoveShapes
  | EraseShapes
  | RestoreShapes
  | DialOut
  | CancelDial
  | MergeCall
  | SplitCall
  | HoldInLobby
  | AssignCaptions
  | UnassignCaptions
  | WriteCaption
  | SendChat
  | EditChat
  | DeleteChat
  | ReactToChat
  | CallNext
  | MoveSpotlight
  | StartTimer
  | StopTimer
  | LeadLayout
  | ReleaseLayout
  | TellLobby
  | ShareLink
  | WithdrawLink
  | WriteNotes
  | OpenPoll
  | AnswerPoll
  | StopPoll
  | SharePoll
  | HidePoll
  | DiscardPoll
  | AskQuestion
  | VoteQuestion
  | AnswerQuestion
  | DismissQuestion
  | StartRecording
  | PauseRecording
  | ResumeRecording
  | StopRecording
  | GoLive
  | EndLive
  | PresentDocument
  | DismissDocument
  | TurnPage
  | FocusPage
  | ReleaseDocument
  | RemoveDocument;

export interface ConferenceCreated {
  type: "conference.created";
  at: number;
  name: string;
  policy: Policy;
}

export interface ConferenceOpened {
  type: "conference.opened";
  at: number;
}

export interface ConferenceLocked {
  type: "conference.locked";
  at: number;
  by: string;
}

export interface ConferenceUnlocked {
  type: "conference.unlocked";
  at: number;
  by: string;
}

export interface PolicyChanged {
  type: "policy.changed";
  at: number;
  policy: Policy;
  by: string;
}

export interface ConferenceWarned {
  type: "conference.warned";
  at: number;
  reason: "host" | "admin" | "empty" | "lone" | "no_host" | "host_left" | "length";
  ends_at: number;
}

export interface WarningLifted {
  type: "conference.warning_lifted";
  at: number;
}

export interface PresenceAsked {
  type: "conference.presence_asked";
  at: number;
  answer_by: number;
}

export interface PresenceConfirmed {
  type: "conference.presence_confirmed";
  at: number;
  by: string;
}

export interface ConferenceEnded {
  type: "conference.ended";
  at: number;
  reason: "host" | "admin" | "empty" | "lone" | "no_host" | "host_left" | "length";
  by: string;
}

export interface ParticipantJoined {
  type: "participant.joined";
  at: number;
  participant: string;
  name: string;
  role: "waiting" | "guest" | "presenter" | "host";
  entitled: boolean;
  phone: boolean;
  web: boolean;
}

export interface ParticipantAdmitted {
  type: "participant.admitted";
  at: number;
  participant: string;
  name: string;
  role: "waiting" | "guest" | "presenter" | "host";
  entitled: boolean;
  phone: boolean;
  web: boolean;
  connected: boolean;
  by: string;
}

export interface ParticipantReached {
  type: "participant.reached";
  at: number;
  participant: string;
  web: boolean;
  phone: boolean;
}

export interface ParticipantDropped {
  type: "participant.dropped";
  at: number;
  participant: string;
}

export interface ParticipantReturned {
  type: "participant.returned";
  at: number;
  participant: string;
}

export interface ParticipantRenamed {
  type: "participant.renamed";
  at: number;
  participant: string;
  name: string;
  by: string;
}

export interface ParticipantLeft {
  type: "participant.left";
  at: number;
  participant: string;
  reason: "left" | "lost" | "removed" | "denied" | "revoked" | "ended";
  by: string;
}

export interface LegOpened {
  type: "leg.opened";
  at: number;
  participant: string;
  leg: string;
  kind: "web" | "phone";
  account: string;
  presenter: boolean;
  tenant: string;
  billing_code: string;
}

export interface LegClosed {
  type: "leg.closed";
  at: number;
  participant: string;
  leg: string;
  reason: "left" | "network" | "replaced" | "server";
  seen_at: number;
}

export interface RoleChanged {
  type: "role.changed";
  at: number;
  participant: string;
  role: "waiting" | "guest" | "presenter" | "host";
  by: string;
}

export interface MicrophoneMuted {
  type: "microphone.muted";
  at: number;
  participant: string;
  by: string;
}

export interface MicrophoneUnmuted {
  type: "microphone.unmuted";
  at: number;
  participant: string;
}

export interface UnmuteAsked {
  type: "microphone.asked";
  at: number;
  participant: string;
  to: string;
}

export interface CameraStarted {
  type: "camera.started";
  at: number;
  participant: string;
}

export interface CameraStopped {
  type: "camera.stopped";
  at: number;
  participant: string;
  by: string;
}

export interface ScreenShared {
  type: "screen.shared";
  at: number;
  participant: string;
  sound: boolean;
}

export interface ScreenStopped {
  type: "screen.stopped";
  at: number;
  participant: string;
  by: string;
}

export interface HandRaised {
  type: "hand.raised";
  at: number;
  participant: string;
}

export interface HandLowered {
  type: "hand.lowered";
  at: number;
  participant: string;
  by: string;
}

export interface ReactionSent {
  type: "reaction.sent";
  at: number;
  participant: string;
  reaction: "thumbs_up" | "applause" | "heart" | "laugh" | "surprise" | "celebrate" | "thumbs_down";
}

export interface AgendaChanged {
  type: "agenda.changed";
  at: number;
  items: AgendaItem[];
  by: string;
}

export interface ItemReached {
  type: "agenda.reached";
  at: number;
  item: number;
  by: string;
}

export interface ItemTicked {
  type: "agenda.ticked";
  at: number;
  item: number;
  done: boolean;
  by: string;
}

export interface ConferenceSubscribed {
  type: "conference.subscribed";
  at: number;
  subscription: Subscription;
  asked: "no" | "optional" | "mandatory";
  codes: string[];
}

export interface BillingCodeSet {
  type: "billing.coded";
  at: number;
  code: string;
  by: string;
}

export interface BoardOpened {
  type: "board.opened";
  at: number;
  document: string;
  participant: string;
  name: string;
}

export interface BoardExtended {
  type: "board.extended";
  at: number;
  document: string;
  pages: number;
  by: string;
}

export interface BoardPermitted {
  type: "board.permitted";
  at: number;
  who: "presenters" | "everyone";
  by: string;
}

export interface BoardCleared {
  type: "board.cleared";
  at: number;
  document: string;
  page: number;
  by: string;
}

export interface ShapeAdded {
  type: "shape.added";
  at: number;
  document: string;
  page: number;
  shape: string;
  participant: string;
  figure: AnyFigure;
}

export interface ShapeReworded {
  type: "shape.reworded";
  at: number;
  document: string;
  page: number;
  shape: string;
  text: string;
  by: string;
}

export interface ShapesMoved {
  type: "shapes.moved";
  at: number;
  document: string;
  page: number;
  shapes: string[];
  dx: number;
  dy: number;
  by: string;
}

export interface ShapesErased {
  type: "shapes.erased";
  at: number;
  document: string;
  page: number;
  shapes: string[];
  by: string;
}

export interface ShapesRestored {
  type: "shapes.restored";
  at: number;
  document: string;
  page: number;
  shapes: Shape[];
  by: string;
}

export interface CallAsked {
  type: "call.asked";
  at: number;
  participant: string;
  number: string;
  name: string;
  to_me: boolean;
}

export interface CallPlaced {
  type: "call.placed";
  at: number;
  call: string;
  bridge: string;
  number: string;
  by: string;
}

export interface CallDialed {
  type: "call.dialed";
  at: number;
  call: string;
  label: string;
  by: string;
  to: string;
}

export interface CallProgressed {
  type: "call.progressed";
  at: number;
  call: string;
  status: "dialing" | "ringing" | "answered";
}

export interface CallFailed {
  type: "call.failed";
  at: number;
  call: string;
  label: string;
  cause: "normal" | "kicked" | "busy" | "no_answer" | "rejected" | "cancelled" | "invalid_number" | "forbidden" | "congestion" | "locked" | "full" | "bad_pin" | "timeout" | "media_lost" | "bridge_lost" | "error";
  by: string;
  to_me: boolean;
  sip_code: number;
}

export interface CallConnected {
  type: "call.connected";
  at: number;
  call: string;
  participant: string;
}

export interface CallBegan {
  type: "call.began";
  at: number;
  participant: string;
  leg: string;
  call: string;
  bridge: string;
  direction: "in" | "out";
  caller: string;
  dialled: string;
  started_at: number;
  answered_at: number;
}

export interface CallNamed {
  type: "call.named";
  at: number;
  participant: string;
  key: string;
}

export interface CallHeld {
  type: "call.held";
  at: number;
  participant: string;
  call: string;
  held: boolean;
}

export interface CallMeasured {
  type: "call.measured";
  at: number;
  participant: string;
  call: string;
  quality: "good" | "poor";
}

export interface CallMerged {
  type: "call.merged";
  at: number;
  participant: string;
  into: string;
  by: string;
}

export interface CallSplit {
  type: "call.split";
  at: number;
  participant: string;
  origin: string;
  by: string;
}

export interface ParticipantHeldBack {
  type: "lobby.held";
  at: number;
  participant: string;
  by: string;
}

export interface CallEnded {
  type: "call.ended";
  at: number;
  participant: string;
  call: string;
  cause: "normal" | "kicked" | "busy" | "no_answer" | "rejected" | "cancelled" | "invalid_number" | "forbidden" | "congestion" | "locked" | "full" | "bad_pin" | "timeout" | "media_lost" | "bridge_lost" | "error";
  sip_code: number;
  q850: number;
  codec: string;
  mos: number;
  loss_percent: number;
  jitter_ms: number;
}

export interface CaptionsAssigned {
  type: "captions.assigned";
  at: number;
  participant: string;
  by: string;
}

export interface CaptionsUnassigned {
  type: "captions.unassigned";
  at: number;
  participant: string;
  by: string;
}

export interface CaptionWritten {
  type: "captions.written";
  at: number;
  participant: string;
  speaker: string;
  text: string;
}

export interface ChatSent {
  type: "chat.sent";
  at: number;
  participant: string;
  name: string;
  text: string;
  reply: number;
  file: ChatFile | null;
}

export interface ChatWhispered {
  type: "chat.whispered";
  at: number;
  participant: string;
  name: string;
  text: string;
  to: string;
  reply: number;
  file: ChatFile | null;
}

export interface ChatEdited {
  type: "chat.edited";
  at: number;
  line: number;
  text: string;
}

export interface ChatDeleted {
  type: "chat.deleted";
  at: number;
  line: number;
  file: string;
  by: string;
}

export interface ChatReacted {
  type: "chat.reacted";
  at: number;
  line: number;
  participant: string;
  name: string;
  reaction: "thumbs_up" | "applause" | "heart" | "laugh" | "surprise" | "celebrate" | "thumbs_down";
  on: boolean;
}

export interface SpotlightMoved {
  type: "spotlight.moved";
  at: number;
  to: string;
  by: string;
}

export interface TimerStarted {
  type: "timer.started";
  at: number;
  ends_at: number;
  by: string;
}

export interface TimerStopped {
  type: "timer.stopped";
  at: number;
  by: string;
}

export interface LayoutLed {
  type: "layout.led";
  at: number;
  mode: "grid" | "speaker";
  large: string;
  by: string;
}

export interface LayoutReleased {
  type: "layout.released";
  at: number;
  by: string;
}

export interface LobbyTold {
  type: "lobby.told";
  at: number;
  text: string;
}

export interface LinkShared {
  type: "link.shared";
  at: number;
  participant: string;
  name: string;
  url: string;
  title: string;
}

export interface LinkWithdrawn {
  type: "link.withdrawn";
  at: number;
  by: string;
}

export interface NotesWritten {
  type: "notes.written";
  at: number;
  participant: string;
  text: string;
}

export interface PollOpened {
  type: "poll.opened";
  at: number;
  kind: "yes_no" | "single" | "multiple" | "open";
  question: string;
  options: string[];
  anonymous: boolean;
  quiz: boolean;
  by: string;
}

export interface PollKeyed {
  type: "poll.keyed";
  at: number;
  poll: number;
  right: number[];
}

export interface PollAnswered {
  type: "poll.answered";
  at: number;
  participant: string;
  poll: number;
  answer: Answer;
}

export interface PollCounted {
  type: "poll.counted";
  at: number;
  poll: number;
  answers: Answer[];
}

export interface PollStopped {
  type: "poll.stopped";
  at: number;
  poll: number;
  by: string;
}

export interface PollSolved {
  type: "poll.solved";
  at: number;
  poll: number;
  right: number[];
}

export interface PollShared {
  type: "poll.shared";
  at: number;
  poll: number;
  by: string;
}

export interface PollHidden {
  type: "poll.hidden";
  at: number;
  poll: number;
  by: string;
}

export interface PollDiscarded {
  type: "poll.discarded";
  at: number;
  poll: number;
  by: string;
}

export interface QuestionAsked {
  type: "question.asked";
  at: number;
  participant: string;
  name: string;
  text: string;
}

export interface QuestionVoted {
  type: "question.voted";
  at: number;
  participant: string;
  question: number;
  up: boolean;
}

export interface QuestionAnswered {
  type: "question.answered";
  at: number;
  question: number;
  reply: string;
  by: string;
}

export interface QuestionDismissed {
  type: "question.dismissed";
  at: number;
  question: number;
  by: string;
}

export interface RecordingStarted {
  type: "recording.started";
  at: number;
  parts: "cameras" | "screens" | "slides" | "chat" | "polls"[];
  by: string;
}

export interface RecordingPaused {
  type: "recording.paused";
  at: number;
  by: string;
}

export interface RecordingResumed {
  type: "recording.resumed";
  at: number;
  by: string;
}

export interface RecordingStopped {
  type: "recording.stopped";
  at: number;
  reason: "host" | "ended" | "disk" | "quota" | "minutes";
  by: string;
}

export interface RecordingReduced {
  type: "recording.reduced";
  at: number;
}

export interface RecordingRanOver {
  type: "recording.ran_over";
  at: number;
}

export interface LiveStarted {
  type: "recording.live_started";
  at: number;
  by: string;
}

export interface LiveEnded {
  type: "recording.live_ended";
  at: number;
  by: string;
}

export interface DocumentOffered {
  type: "document.offered";
  at: number;
  document: string;
  participant: string;
  name: string;
  url: string;
}

export interface DocumentProgressed {
  type: "document.progressed";
  at: number;
  document: string;
  done: number;
  pages: number;
}

export interface DocumentAdded {
  type: "document.added";
  at: number;
  document: string;
  pages: number;
}

export interface DocumentFailed {
  type: "document.failed";
  at: number;
  document: string;
  failure: "encrypted" | "broken" | "too_many_pages" | "too_complex" | "needs_office" | "conversion_failed";
}

export interface DocumentPresented {
  type: "document.presented";
  at: number;
  document: string;
  page: number;
  by: string;
}

export interface DocumentDismissed {
  type: "document.dismissed";
  at: number;
  document: string;
  by: string;
}

export interface PageTurned {
  type: "page.turned";
  at: number;
  document: string;
  page: number;
  by: string;
}

export interface PageFocused {
  type: "page.focused";
  at: number;
  document: string;
  x: number;
  y: number;
  zoom: number;
  by: string;
}

export interface DocumentReleased {
  type: "document.released";
  at: number;
  document: string;
  allowed: boolean;
  by: string;
}

export interface DocumentRemoved {
  type: "document.removed";
  at: number;
  document: string;
  by: string;
}

export type AnyEvent =
  | ConferenceCreated
  | ConferenceOpened
  | ConferenceLocked
  | ConferenceUnlocked
  | PolicyChanged
  | ConferenceWarned
  | WarningLifted
  | PresenceAsked
  | PresenceConfirmed
  | ConferenceEnded
  | ParticipantJoined
  | ParticipantAdmitted
  | ParticipantReached
  | ParticipantDropped
  | ParticipantReturned
  | ParticipantRenamed
  | ParticipantLeft
  | LegOpened
  | LegClosed
  | RoleChanged
  | MicrophoneMuted
  | MicrophoneUnmuted
  | UnmuteAsked
  | CameraStarted
  | CameraStopped
  | ScreenShared
  | ScreenStopped
  | HandRaised
  | HandLowered
  | ReactionSent
  | AgendaChanged
  | ItemReached
  | ItemTicked
  | ConferenceSubscribed
  | BillingCodeSet
  | BoardOpened
  | BoardExtended
  | BoardPermitted
  | BoardCleared
  | ShapeAdded
  | ShapeReworded
  | ShapesMoved
  | ShapesErased
  | ShapesRestored
  | CallAsked
  | CallPlaced
  | CallDialed
  | CallProgressed
  | CallFailed
  | CallConnected
  | CallBegan
  | CallNamed
  | CallHeld
  | CallMeasured
  | CallMerged
  | CallSplit
  | ParticipantHeldBack
  | CallEnded
  | CaptionsAssigned
  | CaptionsUnassigned
  | CaptionWritten
  | ChatSent
  | ChatWhispered
  | ChatEdited
  | ChatDeleted
  | ChatReacted
  | SpotlightMoved
  | TimerStarted
  | TimerStopped
  | LayoutLed
  | LayoutReleased
  | LobbyTold
  | LinkShared
  | LinkWithdrawn
  | NotesWritten
  | PollOpened
  | PollKeyed
  | PollAnswered
  | PollCounted
  | PollStopped
  | PollSolved
  | PollShared
  | PollHidden
  | PollDiscarded
  | QuestionAsked
  | QuestionVoted
  | QuestionAnswered
  | QuestionDismissed
  | RecordingStarted
  | RecordingPaused
  | RecordingResumed
  | RecordingStopped
  | RecordingReduced
  | RecordingRanOver
  | LiveStarted
  | LiveEnded
  | DocumentOffered
  | DocumentProgressed
  | DocumentAdded
  | DocumentFailed
  | DocumentPresented
  | DocumentDismissed
  | PageTurned
  | PageFocused
  | DocumentReleased
  | DocumentRemoved;

export interface Ping {
  type: "ping";
}

export interface MediaOffer {
  type: "media.offer";
  sdp: string;
}

export interface MediaView {
  type: "media.view";
  videos: number;
  first?: string[];
  large?: number | null;
}

export interface PenMoved {
  type: "pen.moved";
  document: string;
  page: number;
  shape: string;
  kind: "arrow" | "ellipse" | "highlight" | "line" | "rectangle" | "stroke";
  colour: "black" | "grey" | "red" | "orange" | "yellow" | "green" | "blue" | "violet";
  width: "thin" | "medium" | "thick";
  points: number[];
}

export interface PointerMoved {
  type: "pointer.moved";
  document: string;
  page: number;
  x: number;
  y: number;
}

export type ClientSignal =
  | Ping
  | MediaOffer
  | MediaView
  | PenMoved
  | PointerMoved;

export interface Pong {
  type: "pong";
}

export interface MediaAnswer {
  type: "media.answer";
  sdp: string;
}

export interface MediaRefused {
  type: "media.refused";
  code: string;
}

export interface MediaFailed {
  type: "media.failed";
}

export interface MediaSlots {
  type: "media.slots";
  slots: Slot[];
}

export interface SpeakingLevels {
  type: "speaking.levels";
  levels: Record<string, number>;
}

export interface NetworkQuality {
  type: "network.quality";
  participant: string;
  quality: "good" | "lost" | "poor";
}

export interface CallsOffered {
  type: "calls.offered";
  offered: boolean;
}

export interface ServerLeaving {
  type: "server.leaving";
}

export interface DrawingMotion {
  type: "drawing.motion";
  motions: Motion[];
}

export type ServerSignal =
  | Pong
  | MediaAnswer
  | MediaRefused
  | MediaFailed
  | MediaSlots
  | SpeakingLevels
  | NetworkQuality
  | CallsOffered
  | ServerLeaving
  | DrawingMotion;

export type Reason =
  | "malformed"
  | "too_large"
  | "too_fast"
  | "busy"
  | "seat_invalid"
  | "name_needed"
  | "pin_wrong"
  | "guests_not_allowed"
  | "room_not_allowed"
  | "sign_in_refused"
  | "sign_in_unavailable"
  | "account_full"
  | "billing_code_needed"
  | "billing_code_wrong"
  | "billing_code_tries"
  | "locked"
  | "full"
  | "removed"
  | "ended"
  | "not_allowed"
  | "not_here"
  | "is_waiting"
  | "not_waiting"
  | "last_host"
  | "sharing_off"
  | "not_included"
  | "text_needed"
  | "unknown_format"
  | "needs_office"
  | "too_many_documents"
  | "no_document"
  | "no_page"
  | "drawing_off"
  | "page_full"
  | "too_much_drawn"
  | "gone"
  | "too_many"
  | "options_needed"
  | "choice_needed"
  | "poll_stopped"
  | "answered"
  | "files_off"
  | "file_empty"
  | "file_type"
  | "too_many_files"
  | "picture_broken"
  | "address_wrong"
  | "callers_off"
  | "calling_off"
  | "number_wrong"
  | "too_many_calls"
  | "no_call"
  | "not_a_caller"
  | "on_the_phone"
  | "not_on_the_phone"
  | "unmute_off"
  | "recording_off"
  | "recorded_always"
  | "not_recorded";
