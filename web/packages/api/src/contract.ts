/** What the faces call the shapes of the server; the shapes themselves are built from `openapi.json`. */

import type { Answer } from "./requests";
import type {
  ActionOut, AssignmentOut, BatchIn, CaseDetailOut, CasePageOut, CaseRowOut, ChangesOut, CityOut, ClockOut, ClockRunOut, InstallationOut,
  PersonOut, CasePictureOut, PlaceOut, PostOut, ProofOut, QueueOut, RemainingOut, ReportOut, SessionOut, StageOut, StandardOut,
  StoryOut, SuggestionOut, TakenOut, UnitOut, WhyNotOut,
} from "./schema";

import type {
  ApplicableClauseOut, ClauseOut, ComparisonOut, DocumentIn, DocumentOut, DocumentPageOut, DocumentStepOut, FormOut,
  FoundClauseOut, FoundPageOut, LinkOut, ListedDocumentOut, PairOut, PreviewOut, ReadVersionOut, ReceiptOut,
  ReceiptPageOut, VersionOut,
} from "./schema";

import type {
  DeskDutyOut, HandingOverIn, HandoverDetailOut, HandoverOut, SheetCaseOut, SheetOut, ShiftOut, TurnOut,
} from "./schema";

/** What may be done to a case: the commands that the server takes, each with its fields. */
export type AnyCommand = BatchIn["command"];
export type Command = AnyCommand["command"];
type Taking<C, A> = A extends { command: Command } ? (C extends A["command"] ? A : never) : never;
/** One command with its fields; several may share a shape. */
export type CommandIn<C extends Command> = Taking<C, AnyCommand>;

export type LimitUnit = RemainingOut["unit"];
export type Light = ClockOut["light"];

export type Post = PostOut;
export type Session = SessionOut;
export type Permission = SessionOut["permissions"][number];
export type City = CityOut;
export type Person = PersonOut;
export type Place = PlaceOut;
export type QueueCount = QueueOut;
export type Unit = UnitOut;
export type Report = ReportOut;
export type Assignment = AssignmentOut;
export type Taken = TakenOut;
export type WhyNot = WhyNotOut;
export type Stage = StageOut;
export type Story = StoryOut;
export type Action = ActionOut;
/** Who decides on an application at a step. */
export type Step = NonNullable<CaseRowOut["deciding"]>;
export type Picture = CasePictureOut;
export type Proof = ProofOut;
export type Remaining = RemainingOut;
export type Clock = ClockOut;
export type ClockRun = ClockRunOut;
export type CaseRow = CaseRowOut;
export type CasePage = CasePageOut;
export type Changes = ChangesOut;

/** In a demo anybody may walk in; elsewhere there are no such accounts. */
export type DemoAccount = Answer<"get", "/demo/accounts">["items"][number];

export type Installation = InstallationOut;

/** A standard row as it applies at a place: the limit is that of the area's level. */
export type StandardRow = StandardOut;

export type CaseDetail = CaseDetailOut;
export type Suggestion = SuggestionOut;

export type CatalogClass = Answer<"get", "/catalog/classes">["items"][number];

export type Organisation = Answer<"get", "/organisations">["items"][number];

export type Media = Answer<"post", "/media">;

export type RuleDocument = DocumentOut;
export type RuleDocumentPage = DocumentPageOut;
export type ListedDocument = ListedDocumentOut;
export type DocumentVersion = VersionOut;
export type ReadVersion = ReadVersionOut;
export type Clause = ClauseOut;
export type ClauseLink = LinkOut;
export type DocumentStep = DocumentStepOut;
export type DocumentForm = FormOut;
export type DocumentDraft = Omit<DocumentIn, "kind" | "area"> & { kind: string; area: string };
export type TextPreview = PreviewOut;
export type FoundClause = FoundClauseOut;
export type FoundClausePage = FoundPageOut;
export type ApplicableClause = ApplicableClauseOut;
export type VersionComparison = ComparisonOut;
export type ClausePair = PairOut;
export type ReadingReceipt = ReceiptOut;
export type ReadingReceiptPage = ReceiptPageOut;

export type DeskDuty = DeskDutyOut;
export type HandingOver = HandingOverIn;
export type Handover = HandoverOut;
export type HandoverDetail = HandoverDetailOut;
export type Sheet = SheetOut;
export type SheetCase = SheetCaseOut;
export type Shift = ShiftOut;
export type Turn = TurnOut;
