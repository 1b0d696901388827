/** The duty table with its proposals, organisations with their people: shapes and requests. */

import { get, reader, send, type Body, type Query } from "./requests";
import type { ConflictOut, DutyOut, DutySuggestionOut, HoleOut, MatrixOut, MyUnit, OfficerOut, ProposalOut, StaffingOut, StaffOut, TrialOut, UnitWithoutAccountOut } from "./schema";

type Signal = AbortSignal | undefined;

export type DutyRow = DutyOut;
export type DutyHole = HoleOut;
export type DutyProposal = ProposalOut;
export type UnitWithoutAccount = UnitWithoutAccountOut;
export type OwnUnit = MyUnit;
export type StaffedBody = StaffingOut;
export type Staff = StaffOut;
export type Officer = OfficerOut;

/** What the duty table says at a place about a class. */
export type DutySuggestion = DutySuggestionOut;

/** 责任试算: what the rules of record answer about a class at a place. */
export type DutyTrial = TrialOut;

/** 责任清单矩阵: one window of classes × areas. */
export type DutyMatrix = MatrixOut;
export type MatrixLine = DutyMatrix["lines"][number];
export type MatrixCell = MatrixLine["cells"][number];
export type DutyConflict = ConflictOut;

export const listDuties = reader("/duties");
export const suggestDuty = (query: Query<"/duties/suggest">, signal?: Signal) =>
  get("/duties/suggest", { query, signal });
export const tryDuty = reader("/duties/trial");
export const readDutyMatrix = reader("/duties/matrix");
export const listDutyConflicts = reader("/duties/conflicts");
export const proposeRows = (body: Body<"post", "/duties/proposals/several">, key: string) =>
  send("post", "/duties/proposals/several", { body, key });
export const decideRows = (body: Body<"post", "/duties/proposals/decisions">, key: string) =>
  send("post", "/duties/proposals/decisions", { body, key });
export const listDutyHoles = reader("/duties/holes");
export const listUnitsWithoutAccount = reader("/duties/units-without-account");
export const listDutyProposals = reader("/duties/proposals");
export const proposeDuty = (body: Body<"post", "/duties/proposals">, key: string) => send("post", "/duties/proposals", { body, key });
export const decideDuty = (id: string, body: Body<"post", "/duties/proposals/{proposal_id}/decision">, key: string) =>
  send("post", "/duties/proposals/{proposal_id}/decision", { path: { proposal_id: id }, body, key });
export const getOwnUnit = (signal?: Signal) => get("/units/mine", { signal });

export const getRegion = (code: string, signal?: Signal) => get("/regions/{code}", { path: { code }, signal });
export const listStaffing = reader("/staffing");
/** The crews and streets below a body, each with its people. */
export const listBelow = (id: number, query: Query<"/organisations/{organisation_id}/below">, signal?: Signal) =>
  get("/organisations/{organisation_id}/below", { path: { organisation_id: id }, query, signal });
export const getStaff = (id: number, signal?: Signal) =>
  get("/organisations/{organisation_id}/staff", { path: { organisation_id: id }, signal });
/** 机构责任人: now, to come and before. */
export const getOfficers = (id: number, signal?: Signal) =>
  get("/organisations/{organisation_id}/officers", { path: { organisation_id: id }, signal });
export const nameOfficer = (id: number, body: Body<"post", "/organisations/{organisation_id}/officers">) =>
  send("post", "/organisations/{organisation_id}/officers", { path: { organisation_id: id }, body });
export const endOfficer = (id: number, lastDay: string) =>
  send("post", "/officers/{officer_id}/end", { path: { officer_id: id }, body: { last_day: lastDay } });
/** Whom an order to the body addresses at each level. */
export const listAddressed = reader("/supervision/addressees");
