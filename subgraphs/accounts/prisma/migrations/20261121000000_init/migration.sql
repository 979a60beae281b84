-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "subject_kind" AS ENUM ('CITIZEN', 'FOREIGN_RESIDENT');

-- CreateEnum
CREATE TYPE "account_status" AS ENUM ('PENDING_REVIEW', 'APPROVED', 'ACTIVE', 'LOCKED', 'CLOSED', 'REJECTED');

-- CreateEnum
CREATE TYPE "lock_reason" AS ENUM ('OWNER_REQUEST', 'LOST_DEVICE', 'SUSPECTED_MISUSE', 'TERMS_BREACH', 'DOCUMENT_EXPIRED', 'CARD_WITHDRAWN', 'DEATH', 'AUTHORITY_REQUEST');

-- CreateEnum
CREATE TYPE "ward_relation" AS ENUM ('CHILD', 'WARD', 'REPRESENTED');

-- CreateEnum
CREATE TYPE "document_kind" AS ENUM ('IDENTITY_CARD', 'PASSPORT', 'RESIDENCE_CARD', 'DRIVING_LICENCE', 'VEHICLE', 'SOCIAL_INSURANCE', 'HEALTH_INSURANCE');

-- CreateEnum
CREATE TYPE "link_status" AS ENUM ('PENDING', 'LINKED', 'REJECTED', 'REMOVED');

-- CreateEnum
CREATE TYPE "staff_role" AS ENUM ('OFFICER', 'REVIEWER', 'OPERATOR', 'AUDITOR');

-- CreateTable
CREATE TABLE "accounts" (
    "subject" TEXT NOT NULL,
    "kind" "subject_kind" NOT NULL,
    "level" SMALLINT NOT NULL,
    "status" "account_status" NOT NULL,
    "lock_reason" "lock_reason",
    "locked_at" TIMESTAMPTZ(3),
    "personal_number" TEXT NOT NULL,
    "cancelled_numbers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "old_id_number" TEXT,
    "match_name" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "passports" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "phone" TEXT,
    "email" TEXT,
    "device_model" TEXT,
    "device_bound_at" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),
    "activated_at" TIMESTAMPTZ(3),
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("subject")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" TEXT NOT NULL,
    "role" "staff_role" NOT NULL,
    "status" "account_status" NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credentials" (
    "username" TEXT NOT NULL,
    "subject" TEXT,
    "staff_id" TEXT,
    "password_hash" TEXT NOT NULL,
    "passcode_hash" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("username")
);

-- CreateTable
CREATE TABLE "known_devices" (
    "username" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_devices_pkey" PRIMARY KEY ("username","device")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "subject" TEXT,
    "staff_id" TEXT,
    "device" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "passcode_until" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relations" (
    "id" TEXT NOT NULL,
    "guardian_number" TEXT NOT NULL,
    "ward_number" TEXT NOT NULL,
    "relation" "ward_relation" NOT NULL,
    "ends_on" DATE,
    "ended_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3),
    "change_cursor" TEXT,

    CONSTRAINT "relations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "linked_documents" (
    "id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "kind" "document_kind" NOT NULL,
    "ref" TEXT NOT NULL,
    "status" "link_status" NOT NULL,
    "linked_at" TIMESTAMPTZ(3),

    CONSTRAINT "linked_documents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "throttles" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "blocked_until" TIMESTAMPTZ(3),

    CONSTRAINT "throttles_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "change_cursor" (
    "one" BOOLEAN NOT NULL DEFAULT true,
    "cursor" TEXT,

    CONSTRAINT "change_cursor_pkey" PRIMARY KEY ("one")
);

-- CreateTable
CREATE TABLE "served" (
    "call_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "subjects" INTEGER NOT NULL,
    "claims" INTEGER NOT NULL,

    CONSTRAINT "served_pkey" PRIMARY KEY ("call_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "accounts_personal_number_key" ON "accounts"("personal_number");

-- CreateIndex
CREATE UNIQUE INDEX "credentials_subject_key" ON "credentials"("subject");

-- CreateIndex
CREATE UNIQUE INDEX "credentials_staff_id_key" ON "credentials"("staff_id");

-- CreateIndex
CREATE INDEX "sessions_subject_idx" ON "sessions"("subject");

-- CreateIndex
CREATE INDEX "sessions_staff_id_idx" ON "sessions"("staff_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "relations_ward_number_idx" ON "relations"("ward_number");

-- CreateIndex
CREATE UNIQUE INDEX "relations_guardian_number_ward_number_relation_key" ON "relations"("guardian_number", "ward_number", "relation");

-- CreateIndex
CREATE UNIQUE INDEX "linked_documents_subject_kind_ref_key" ON "linked_documents"("subject", "kind", "ref");

-- CreateIndex
CREATE INDEX "throttles_last_at_idx" ON "throttles"("last_at");

-- CreateIndex
CREATE INDEX "served_at_idx" ON "served"("at");

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_subject_fkey" FOREIGN KEY ("subject") REFERENCES "accounts"("subject") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "known_devices" ADD CONSTRAINT "known_devices_username_fkey" FOREIGN KEY ("username") REFERENCES "credentials"("username") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_subject_fkey" FOREIGN KEY ("subject") REFERENCES "accounts"("subject") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

-- A credential and a session belong to one person or to one member of staff, never to both.
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_one_owner" CHECK (("subject" IS NULL) <> ("staff_id" IS NULL));
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_one_owner" CHECK (("subject" IS NULL) <> ("staff_id" IS NULL));

-- A staff name can never be taken for a personal number.
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_staff_name" CHECK ("staff_id" IS NULL OR "username" ~ '[a-z]');

ALTER TABLE "change_cursor" ADD CONSTRAINT "change_cursor_one" CHECK ("one");
INSERT INTO "change_cursor" ("one", "cursor") VALUES (true, NULL);

-- Checked at the commit: a seed copies accounts and credentials at the same time and commits them one after the other.
ALTER TABLE "credentials" ALTER CONSTRAINT "credentials_subject_fkey" DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "credentials" ALTER CONSTRAINT "credentials_staff_id_fkey" DEFERRABLE INITIALLY DEFERRED;
