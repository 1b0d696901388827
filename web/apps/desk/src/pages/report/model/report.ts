/** One report while it is being written: its words, what they lack, and the body that is sent. */

import type { Body } from "@gezhi/api";
import type { Point } from "@gezhi/geo";
import type { Attached } from "@gezhi/logic";

export interface ReportWords {
  point: Point | null;
  place: string;
  classKey: string | null;
  rowKey: string | null;
  description: string;
  pictures: Attached[];
  channel: string;
  name: string;
  phone: string;
  wantsAnswer: boolean;
  keepSecret: boolean;
  byCall: boolean;
}

export const LONGEST = 2000;

const FIRST_CHANNEL: Record<string, string> = { collector: "collector", supervisor: "supervision", leader: "leader" };

export function blank(role: string): ReportWords {
  return {
    point: null, place: "", classKey: null, rowKey: null, description: "", pictures: [],
    channel: FIRST_CHANNEL[role] ?? "hotline", name: "", phone: "", wantsAnswer: false, keepSecret: false, byCall: false,
  };
}

export function hasWords(words: ReportWords): boolean {
  return Boolean(words.point || words.place || words.description || words.pictures.length || words.name);
}

export type Lack = "need_point" | "need_place" | "need_description" | "too_long";

/** What is missing, by the server's name of the field. */
export function lacksOf(words: ReportWords): Record<string, Lack> {
  const lacks: Record<string, Lack> = {};
  if (!words.point) lacks.lon = "need_point";
  if (!words.place.trim()) lacks.place = "need_place";
  if (!words.description.trim()) lacks.description = "need_description";
  if (words.description.length > LONGEST) lacks.description = "too_long";
  return lacks;
}

/** Who sent it, by which channel, in which words and pictures. */
export function joiningOf(words: ReportWords): Body<"post", "/cases/{case_id}/reports"> {
  const asksBack = words.name.trim() || words.phone.trim() || words.wantsAnswer || words.keepSecret;
  return {
    channel: words.channel,
    description: words.description.trim(),
    pictures: words.pictures.map(({ sha256 }) => sha256),
    ...(asksBack && {
      contact: {
        name: words.name.trim(), phone: words.phone.trim(), wants_answer: words.wantsAnswer, keep_secret: words.keepSecret,
        by_call: words.wantsAnswer && words.byCall,
      },
    }),
  };
}

export function bodyOf(words: ReportWords, point: Point): Body<"post", "/cases"> {
  return {
    ...joiningOf(words),
    lon: point.lon,
    lat: point.lat,
    place: words.place.trim(),
    ...(words.classKey && { class_key: words.classKey }),
    ...(words.rowKey && { row_key: words.rowKey }),
  };
}
