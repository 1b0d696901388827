import { createRouter, createWebHistory } from "vue-router";

import { installation, recallSession, session } from "@desk/features/session";
import SignInPage from "@desk/pages/sign-in";

export const router = createRouter({
  history: createWebHistory(import.meta.env.BASE_URL),
  routes: [
    { path: "/sign-in", name: "sign-in", component: SignInPage, meta: { open: true } },
    {
      path: "/",
      component: () => import("./frame/DeskFrame.vue"),
      children: [
        { path: "", redirect: { name: "work" } },
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
        { path: "shift", name: "shift", component: () => import("@desk/pages/shift") },
        { path: "shift/:id", name: "handover", component: () => import("@desk/pages/handover"), props: true },
        { path: "notices", name: "notices", component: () => import("@desk/pages/notices") },
        { path: "messages", name: "messages", component: () => import("@desk/pages/messages") },
        { path: "account", name: "account", component: () => import("@desk/pages/account") },
        { path: ":rest(.*)*", name: "not-found", component: () => import("@desk/pages/not-found") },
      ],
    },
  ],
});

router.beforeEach(async (to) => {
  if (!installation.value) await recallSession();
  if (to.meta.open) return session.value ? { name: "work" } : true;
  if (session.value) return true;
  return { name: "sign-in", query: to.fullPath === "/" ? {} : { then: to.fullPath } };
});
