/** What crosses the wire, under Python's names. Written from `conferences/core`; do not edit by hand. */

export type Role = "waiting" | "guest" | "presenter" | "host";

export type Status = "waiting" | "open" | "ended";

export type LegKind = "web" | "phone";

export type LeftReason = "left" | "lost" | "removed" | "denied" | "ended";

export type DropReason = "left" | "network" | "replaced" | "server";

export type EndReason = "host" | "admin" | "empty" | "lone" | "no_host" | "host_left" | "length";

export type HostLeaves = "end" | "end_later" | "carry_on";

export type Reaction = "thumbs_up" | "applause" | "heart" | "laugh" | "surprise" | "celebrate" | "thumbs_down";

export interface Policy {
  lobby: boolean;
  start_without_host: boolean;
  mute_on_entry: boolean;
  guests_share: boolean;
  chat_kept: boolean;
  host_leaves: HostLeaves;
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

export interface Participant {
  id: string;
  name: string;
  role: Role;
  joined_at: number;
  entitled: boolean;
  phone: boolean;
  connected: boolean;
  microphone: boolean;
  camera: boolean;
  screen: boolean;
  sound: boolean;
  hand: number;
}

export interface ChatLine {
  id: number;
  at: number;
  participant: string;
  name: string;
  text: string;
  to: string;
}

export interface EndWarning {
  reason: EndReason;
  ends_at: number;
}

export interface Picture {
  seq: number;
  name: string;
  policy: Policy;
  status: Status;
  opened_at: number;
  locked: boolean;
  warning: EndWarning | null;
  answer_by: number;
  end_reason: EndReason | null;
  participants: Record<string, Participant>;
  chat: ChatLine[];
}

export interface LeaveConference {
  type: "participant.leave";
}

export interface RenameParticipant {
  type: "participant.rename";
  name: string;
  participant?: string | "";
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
  role: Role;
}

export interface PassRole {
  type: "role.pass";
  participant: string;
}

export interface MuteMicrophone {
  type: "microphone.mute";
  participant?: string | "";
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
  participant?: string | "";
}

export interface ShareScreen {
  type: "screen.share";
  sound?: boolean;
}

export interface StopScreen {
  type: "screen.stop";
  participant?: string | "";
}

export interface RaiseHand {
  type: "hand.raise";
}

export interface LowerHand {
  type: "hand.lower";
  participant?: string | "";
}

export interface LowerAllHands {
  type: "hand.lower_all";
}

export interface SendReaction {
  type: "reaction.send";
  reaction: Reaction;
}

export interface SendChat {
  type: "chat.send";
  text: string;
  to?: string | "";
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
  | SendChat
  | LockConference
  | UnlockConference
  | StayInConference
  | EndConference
  | ChangePolicy;

export interface ConferenceCreated {
  type: "conference.created";
  name: string;
  policy: Policy;
  at: number;
}

export interface ConferenceOpened {
  type: "conference.opened";
  at: number;
}

export interface ConferenceLocked {
  type: "conference.locked";
  by: string | "";
  at: number;
}

export interface ConferenceUnlocked {
  type: "conference.unlocked";
  by: string | "";
  at: number;
}

export interface PolicyChanged {
  type: "policy.changed";
  policy: Policy;
  by: string;
  at: number;
}

export interface ConferenceWarned {
  type: "conference.warned";
  reason: EndReason;
  ends_at: number;
  at: number;
}

export interface WarningLifted {
  type: "conference.warning_lifted";
  at: number;
}

export interface PresenceAsked {
  type: "conference.presence_asked";
  answer_by: number;
  at: number;
}

export interface PresenceConfirmed {
  type: "conference.presence_confirmed";
  by: string;
  at: number;
}

export interface ConferenceEnded {
  type: "conference.ended";
  reason: EndReason;
  by: string | "";
  at: number;
}

export interface ParticipantJoined {
  type: "participant.joined";
  participant: string;
  name: string;
  role: Role;
  entitled: boolean;
  phone: boolean;
  at: number;
}

export interface ParticipantAdmitted {
  type: "participant.admitted";
  participant: string;
  name: string;
  role: Role;
  entitled: boolean;
  phone: boolean;
  by: string | "";
  at: number;
}

export interface ParticipantDropped {
  type: "participant.dropped";
  participant: string;
  at: number;
}

export interface ParticipantReturned {
  type: "participant.returned";
  participant: string;
  at: number;
}

export interface ParticipantRenamed {
  type: "participant.renamed";
  participant: string;
  name: string;
  by: string;
  at: number;
}

export interface ParticipantLeft {
  type: "participant.left";
  participant: string;
  reason: LeftReason;
  by: string | "";
  at: number;
}

export interface LegOpened {
  type: "leg.opened";
  participant: string;
  leg: string;
  kind: LegKind;
  account: string;
  at: number;
}

export interface LegClosed {
  type: "leg.closed";
  participant: string;
  leg: string;
  reason: DropReason;
  at: number;
}

export interface RoleChanged {
  type: "role.changed";
  participant: string;
  role: Role;
  by: string | "";
  at: number;
}

export interface MicrophoneMuted {
  type: "microphone.muted";
  participant: string;
  by: string | "";
  at: number;
}

export interface MicrophoneUnmuted {
  type: "microphone.unmuted";
  participant: string;
  at: number;
}

export interface UnmuteAsked {
  type: "microphone.asked";
  participant: string;
  to: string;
  at: number;
}

export interface CameraStarted {
  type: "camera.started";
  participant: string;
  at: number;
}

export interface CameraStopped {
  type: "camera.stopped";
  participant: string;
  by: string | "";
  at: number;
}

export interface ScreenShared {
  type: "screen.shared";
  participant: string;
  sound: boolean;
  at: number;
}

export interface ScreenStopped {
  type: "screen.stopped";
  participant: string;
  by: string | "";
  at: number;
}

export interface HandRaised {
  type: "hand.raised";
  participant: string;
  at: number;
}

export interface HandLowered {
  type: "hand.lowered";
  participant: string;
  by: string | "";
  at: number;
}

export interface ReactionSent {
  type: "reaction.sent";
  participant: string;
  reaction: Reaction;
  at: number;
}

export interface ChatSent {
  type: "chat.sent";
  participant: string;
  name: string;
  text: string;
  at: number;
}

export interface ChatWhispered {
  type: "chat.whispered";
  participant: string;
  name: string;
  text: string;
  to: string;
  at: number;
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
  | ChatSent
  | ChatWhispered;

export interface Slot {
  mid: string;
  participant: string;
  source: "microphone" | "camera" | "screen" | "screen_audio";
}

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
}

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
  quality: "good" | "poor" | "lost";
}

export interface ServerLeaving {
  type: "server.leaving";
}

export type ClientSignal =
  | Ping
  | MediaOffer
  | MediaView;

export type ServerSignal =
  | Pong
  | MediaAnswer
  | MediaRefused
  | MediaFailed
  | MediaSlots
  | SpeakingLevels
  | NetworkQuality
  | ServerLeaving;
