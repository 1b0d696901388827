/** Who is signed in, in which post; asked once, renewed when somebody signs in again in the middle of work. */

import {
  changePost, getCity, getFirstCase, getInstallation, getSession, isProblem, signIn, signOut, type City, type Installation,
  type Permission, type Session,
} from "@gezhi/api";
import type { Bounds } from "@gezhi/geo";
import { shallowRef } from "vue";

export const session = shallowRef<Session | null>(null);
export const installation = shallowRef<Installation | null>(null);
/** Null while nothing is installed yet: lists then say so, maps have no ground. */
export const city = shallowRef<City | null>(null);
/** What keeps the first case out of the city, by name; empty once it can be taken. */
export const lacking = shallowRef<{ zh: string; en: string }[]>([]);
/** True while a dialog asks to sign in again; who waits for it is released by `enter`. */
export const expired = shallowRef(false);

let release: (() => void) | null = null;

export async function recallSession(): Promise<void> {
  const [made, ground, somebody] = await Promise.all([
    getInstallation(), getCity().catch(orNull(409)), getSession().catch(orNull(401)),
  ]);
  installation.value = made;
  city.value = ground;
  session.value = somebody;
  await recallLacking();
}

export async function recallLacking(): Promise<void> {
  lacking.value = session.value?.must_change_password === false ? ((await getFirstCase().catch(orNull(403)))?.lacking ?? []) : [];
}

function orNull(status: number) {
  return (error: unknown): null => {
    if (isProblem(error) && error.status === status) return null;
    throw error;
  };
}

export async function enter(username: string, password: string): Promise<void> {
  const before = session.value;
  session.value = await signIn(username, password);
  await recallLacking();
  if (before && before.user.id !== session.value.user.id) window.location.assign(import.meta.env.BASE_URL);
  expired.value = false;
  release?.();
  release = null;
}

/** Nothing that is typed gets lost: the page stays as it is, requests wait until the same person is back. */
export function askToSignInAgain(): Promise<void> {
  expired.value = true;
  return new Promise((resolve) => (release = resolve));
}

export async function leave(): Promise<void> {
  await signOut();
  session.value = null;
}

export async function takePost(postId: number): Promise<void> {
  session.value = await changePost(postId);
}

export function may(permission: Permission): boolean {
  return session.value?.permissions.includes(permission) ?? false;
}

/** Where maps begin. */
export function wholeOf({ bounds }: City): { bounds: Bounds } {
  return { bounds: bounds as Bounds };
}
