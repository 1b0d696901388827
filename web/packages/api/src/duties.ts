/** The duty table with its proposals, organisations with their people: shapes and requests. */

import { call, type Query, type Sending } from "./client";
import type {
  DutyOut, DutyPage, HoleOut, HolePage, MyUnit, PersonOut, ProposalOut, ProposalPage, RegionDetailOut, StaffingOut,
  StaffingPage, StaffOut, UnitsWithoutAccount, UnitWithoutAccountOut,
} from "./schema";

type Signal = AbortSignal | undefined;

export type DutyRow = DutyOut;
export type DutyHole = HoleOut;
export type DutyProposal = ProposalOut;
export type UnitWithoutAccount = UnitWithoutAccountOut;
export type OwnUnit = MyUnit;
export type StaffedBody = StaffingOut;
export type Staff = StaffOut;

/** What the duty table says at a place about a class. */
export interface DutySuggestion {
  suggestion: { unit_id: number; unit: string; unit_en: string } | null;
  why_zh: string;
  why_en: string;
}

const at = (signal: Signal, query?: Query): Sending => ({ ...(signal && { signal }), ...(query && { query }) });

export const listDuties = (query: Query, signal?: Signal) => call<DutyPage>("GET", "/duties", at(signal, query));
export const suggestDuty = (query: Query, signal?: Signal) =>
  call<DutySuggestion>("GET", "/duties/suggest", at(signal, query));
export const listDutyHoles = (query: Query, signal?: Signal) =>
  call<HolePage>("GET", "/duties/holes", at(signal, query));
export const listUnitsWithoutAccount = (query: Query, signal?: Signal) =>
  call<UnitsWithoutAccount>("GET", "/duties/units-without-account", at(signal, query));
export const listDutyProposals = (query: Query, signal?: Signal) =>
  call<ProposalPage>("GET", "/duties/proposals", at(signal, query));
export const proposeDuty = (body: Record<string, unknown>, key: string) =>
  call<DutyProposal>("POST", "/duties/proposals", { body, key });
export const decideDuty = (id: string, body: Record<string, unknown>, key: string) =>
  call<DutyProposal>("POST", `/duties/proposals/${id}/decision`, { body, key });
export const getOwnUnit = (signal?: Signal) => call<OwnUnit>("GET", "/units/mine", at(signal));

export const getRegion = (code: string, signal?: Signal) =>
  call<RegionDetailOut>("GET", `/regions/${code}`, at(signal));
export const listStaffing = (query: Query, signal?: Signal) => call<StaffingPage>("GET", "/staffing", at(signal, query));
export const listBelow = (id: number, query: Query, signal?: Signal) =>
  call<StaffingPage>("GET", `/organisations/${id}/below`, at(signal, query));
export const getStaff = (id: number, signal?: Signal) => call<Staff>("GET", `/organisations/${id}/staff`, at(signal));
export const endAccount = (id: number, lastDay: string) =>
  call<PersonOut>("POST", `/people/${id}/end`, { body: { last_day: lastDay } });
