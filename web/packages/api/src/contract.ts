/** The shapes that the server speaks, as far as the faces read them. */

export interface Named {
  id: number;
  name: string;
  name_en?: string | null;
}

export interface Post {
  id: number;
  title: string;
  title_en: string;
  role: string;
  role_zh: string;
  role_en: string;
  organisation_id: number;
  organisation: string;
  organisation_en: string;
}

export interface Session {
  user: { id: number; username: string; name: string };
  post: Post;
  posts: Post[];
  permissions: string[];
  scope: { regions: string[]; organisations: number[]; only_own_work: boolean };
  language: string;
}

export interface City {
  code: string;
  name: string;
  name_en: string | null;
  centre: [number, number];
  bounds: [number, number, number, number];
}

export interface DemoAccount {
  username: string;
  password: string;
  name: string;
  role: string;
  organisation: string;
}

export interface Basemap {
  url: string;
  attribution: string;
}

export interface Deployment {
  city: City;
  demo: boolean;
  accounts: DemoAccount[];
  basemap: Basemap | null;
}

export interface QueueCount {
  queue: string;
  label_zh: string;
  label_en: string;
  count: number;
  overdue: number;
  soon: number;
}

export type Light = "green" | "yellow" | "red" | "none";
export type LimitUnit = "minute" | "urgent_hour" | "urgent_day" | "work_hour" | "work_day";

export interface Remaining {
  value: number;
  unit: LimitUnit;
  late: boolean;
}

export interface Clock {
  kind: string;
  unit: LimitUnit;
  started_at: string;
  warn_at: string | null;
  due_at: string | null;
  remaining: Remaining | null;
  provisional: boolean;
  paused: boolean;
}

export interface CaseClock extends Clock {
  state: "running" | "paused" | "ended";
  used: number;
  limit: number;
  ended_at: string | null;
  late: boolean;
}

export interface ClassName {
  key: string;
  name: string;
  name_en: string | null;
  major: string;
  major_en?: string | null;
}

export interface CaseRow {
  id: string;
  no: string;
  status: string;
  stage: number;
  class: ClassName | null;
  place: string;
  region: { county: string | null; street: string | null; community: string | null };
  grid_code: string | null;
  lon: number;
  lat: number;
  unit: Named | null;
  channel: string;
  complaint: boolean;
  priority_reason: string | null;
  reported_at: string;
  clock: Clock | null;
  light: Light;
  round: number;
  pictures: number;
  thumb: string | null;
  report_count: number;
  seq: number;
  distance_m?: number;
}

export interface CasePage {
  items: CaseRow[];
  next_cursor: string | null;
  total_estimate: number;
  change_cursor: string;
  now: string;
}

export interface Changes {
  items: CaseRow[];
  cursor: string;
}

export interface Picture {
  sha256: string;
  url: string;
  thumb: string;
  taken_at: string | null;
  lon: number | null;
  lat: number | null;
  by: string | null;
}

export interface Report {
  id: string;
  channel: string;
  at: string;
  sender: string | null;
  phone: string | null;
  answered_at: string | null;
  answer: string | null;
}

export interface StandardRow {
  key: string;
  condition_zh: string;
  condition_en: string | null;
  limit: { value: number; unit: LimitUnit };
  closing: { code: string; zh: string; en: string | null }[];
}

export interface TimelineEntry {
  seq: number;
  kind: string;
  at: string;
  actor: { name: string; post: string; organisation: string } | null;
  title_zh: string;
  title_en: string;
  text: string | null;
  data: Record<string, unknown>;
  pictures: Picture[];
  stage: number;
  took: { clock: string; seconds: number; late: boolean } | null;
}

export interface StageState {
  stage: number;
  state: "done" | "now" | "ahead" | "skipped";
  entered_at: string | null;
  left_at: string | null;
  lost_seconds: number;
}

export interface FieldTask {
  id: string;
  kind: "verify" | "inspect";
  collector: Named | null;
  issued_at: string;
  due_at: string | null;
  answered_at: string | null;
}

export interface Assignment {
  unit: Named;
  role: "lead" | "help";
  round: number;
  state: string;
  assigned_at: string;
}

export interface FormField {
  name: string;
  required: boolean;
}

export interface Action {
  command: string;
  label_zh: string;
  label_en: string;
  primary: boolean;
  form: FormField[];
  suggestion: Record<string, unknown> & { reason_zh?: string; reason_en?: string };
}

export interface CaseDetail extends Omit<CaseRow, "pictures"> {
  description: string;
  reports: Report[];
  pictures: { before: Picture[]; after: Picture[] };
  row: StandardRow | null;
  clocks: CaseClock[];
  tasks: FieldTask[];
  assignments: Assignment[];
  timeline: TimelineEntry[];
  actions: Action[];
  stages: StageState[];
  nearby: CaseRow[];
}

export interface Person {
  id: number;
  name: string;
  posts: Post[];
}

export interface WhyNot {
  allowed: boolean;
  code: string | null;
  why_zh: string;
  why_en: string;
}

export interface Suggestion {
  location: {
    grid_code: string | null;
    community: string | null;
    street: string | null;
    county: string | null;
    outside: boolean;
  };
  rows: StandardRow[];
  unit: (Named & { reason_zh: string; reason_en: string | null }) | null;
  duplicates: CaseRow[];
}

export interface CatalogClass {
  key: string;
  kind: "part" | "matter";
  name: string;
  name_en: string | null;
  major: string;
  major_en: string | null;
  rows?: StandardRow[];
}

export interface Place {
  name: string;
  detail: string;
  lon: number;
  lat: number;
}

export interface Media {
  sha256: string;
  width: number;
  height: number;
  mime: string;
  url: string;
}
