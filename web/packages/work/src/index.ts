export { useAddress, type Narrowed } from "./address";
export { useCase } from "./case";
export { drafts } from "./drafts";
export { useDeskDuty } from "./duty";
export { useReading, useUnread } from "./notices";
export { useQueues } from "./queues";
export { useRegister, useRow, useUrgentFirst } from "./register";
export * from "./session";
export { ACCEPTED, isPicture, LIMIT_MB, underway, useUploads } from "./uploading";
