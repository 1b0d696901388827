import { APPLICATIONS } from "@gezhi/api";
import { installation, recallSession, session } from "@gezhi/work";
import { createRouter, createWebHistory } from "vue-router";

import { home } from "@desk/features/session";
import SignInPage from "@desk/pages/sign-in";

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: "/sign-in", name: "sign-in", component: SignInPage, meta: { open: true } },
    {
      path: "/",
      component: () => import("./frame/DeskFrame.vue"),
      children: [
        { path: "", redirect: home },
        { path: "dispatching", name: "dispatching", component: () => import("@desk/pages/dispatching") },
        { path: "unit", name: "unit", component: () => import("@desk/pages/unit") },
        { path: "overview", name: "overview", component: () => import("@desk/pages/overview") },
        { path: "cases", name: "work", component: () => import("@desk/pages/work") },
        { path: "map", name: "map", component: () => import("@desk/pages/map") },
        { path: "report", name: "report", component: () => import("@desk/pages/report") },
        { path: "cases/:id", name: "case", component: () => import("@desk/pages/case"), props: true },
        { path: "documents", name: "documents", component: () => import("@desk/pages/documents") },
        { path: "documents/new", name: "document-new", component: () => import("@desk/pages/document-editor") },
        { path: "documents/:id", name: "document", component: () => import("@desk/pages/document"), props: true },
        {
          path: "documents/:id/edit", name: "document-edit", component: () => import("@desk/pages/document-editor"), props: true,
        },
        { path: "supervision", name: "supervision", component: () => import("@desk/pages/supervision") },
        { path: "accountability", name: "accountability", component: () => import("@desk/pages/accountability") },
        { path: "major", name: "major", component: () => import("@desk/pages/major") },
        { path: "ownerless", name: "ownerless", component: () => import("@desk/pages/ownerless") },
        { path: "patterns", name: "patterns", component: () => import("@desk/pages/patterns") },
        { path: "shift", name: "shift", component: () => import("@desk/pages/shift") },
        { path: "shift/:id", name: "handover", component: () => import("@desk/pages/handover"), props: true },
        { path: "notices", name: "notices", component: () => import("@desk/pages/notices") },
        { path: "openings", name: "openings", component: () => import("@desk/pages/openings") },
        { path: "readiness", name: "readiness", component: () => import("@desk/pages/readiness") },
        { path: "proof", name: "proof", component: () => import("@desk/pages/proof") },
        { path: "calls", name: "calls", component: () => import("@desk/pages/calls") },
        { path: "messages", name: "messages", component: () => import("@desk/pages/messages") },
        {
          path: `ledgers/:kind(${Object.keys(APPLICATIONS).join("|")})?`, name: "ledgers",
          props: ({ params }) => ({ kind: params.kind || "extension" }), component: () => import("@desk/pages/ledgers"),
        },
        { path: "shares", name: "shares", component: () => import("@desk/pages/shares") },
        { path: "approvals", name: "approvals", component: () => import("@desk/pages/approvals") },
        { path: "policy", name: "policy", component: () => import("@desk/pages/policy") },
        { path: "successions", name: "successions", component: () => import("@desk/pages/successions") },
        { path: "standard", name: "standard", component: () => import("@desk/pages/standard") },
        { path: "editions", name: "editions", component: () => import("@desk/pages/editions") },
        { path: "duties", name: "duties", component: () => import("@desk/pages/duties") },
        { path: "holidays", name: "holidays", component: () => import("@desk/pages/holidays") },
        { path: "upkeep", name: "upkeep", component: () => import("@desk/pages/upkeep") },
        { path: "grids", name: "grids", component: () => import("@desk/pages/grids") },
        { path: "imports", name: "imports", component: () => import("@desk/pages/imports") },
        { path: "imports/:id", name: "import-run", component: () => import("@desk/pages/import-run"), props: true },
        { path: "people", name: "people", component: () => import("@desk/pages/people") },
        { path: "roster", name: "roster", component: () => import("@desk/pages/roster") },
        { path: "account", name: "account", component: () => import("@desk/pages/account") },
        { path: ":rest(.*)*", name: "not-found", component: () => import("@desk/pages/not-found") },
      ],
    },
  ],
});

router.beforeEach(async (to) => {
  if (!installation.value) await recallSession();
  if (to.meta.open) return session.value ? home() : true;
  /** Who came without naming a page begins where the post begins; before the sign-in nobody knew which. */
  const isStart = (to.redirectedFrom ?? to).path === "/";
  if (session.value?.must_change_password) return to.name === "account" || { name: "account" };
  if (session.value) return isStart && to.name !== home().name ? home() : true;
  return { name: "sign-in", query: isStart ? {} : { then: to.fullPath } };
});
