-- CreateEnum
CREATE TYPE "applicant_kind" AS ENUM ('CITIZEN', 'CHILD', 'WARD', 'FOREIGN_RESIDENT', 'ORGANISATION');

-- CreateEnum
CREATE TYPE "registration_channel" AS ENUM ('APP', 'IN_PERSON');

-- CreateEnum
CREATE TYPE "registration_state" AS ENUM ('OPEN', 'SUBMITTED', 'IN_REVIEW', 'APPROVED', 'ACTIVATED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'LAPSED');

-- CreateEnum
CREATE TYPE "registration_image_kind" AS ENUM ('CHIP_FACE', 'PORTRAIT');

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "registration_id" TEXT;

-- CreateTable
CREATE TABLE "registrations" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "state" "registration_state" NOT NULL DEFAULT 'OPEN',
    "kind" "applicant_kind" NOT NULL,
    "channel" "registration_channel" NOT NULL,
    "level" SMALLINT,
    "opened_by" TEXT,
    "personal_number" TEXT,
    "passport" TEXT,
    "passport_country" TEXT,
    "phone" TEXT NOT NULL,
    "email" TEXT,
    "phone_confirmed_at" TIMESTAMPTZ(3),
    "email_confirmed_at" TIMESTAMPTZ(3),
    "codes" JSONB NOT NULL DEFAULT '{}',
    "done" JSONB NOT NULL DEFAULT '{}',
    "identity" JSONB,
    "organisation" JSONB,
    "terms_version" TEXT,
    "password_hash" TEXT,
    "match" JSONB,
    "chip" JSONB,
    "face" JSONB,
    "biometrics" JSONB,
    "form" JSONB,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "signs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "reasons" JSONB NOT NULL DEFAULT '[]',
    "device_name" TEXT,
    "device" TEXT,
    "source" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "late_told_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "activate_by" TIMESTAMPTZ(3),
    "activated_at" TIMESTAMPTZ(3),
    "subject" TEXT,

    CONSTRAINT "registrations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration_transitions" (
    "id" BIGSERIAL NOT NULL,
    "registration_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "from_state" "registration_state",
    "to_state" "registration_state" NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "registration_transitions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration_images" (
    "registration_id" TEXT NOT NULL,
    "kind" "registration_image_kind" NOT NULL,
    "bytes" BYTEA NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registration_images_pkey" PRIMARY KEY ("registration_id","kind")
);

-- CreateTable
CREATE TABLE "chip_challenges" (
    "registration_id" TEXT NOT NULL,
    "challenge" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chip_challenges_pkey" PRIMARY KEY ("registration_id")
);

-- CreateTable
CREATE TABLE "organisation_consents" (
    "registration_id" TEXT NOT NULL,
    "personal_number" TEXT NOT NULL,
    "consented_at" TIMESTAMPTZ(3),

    CONSTRAINT "organisation_consents_pkey" PRIMARY KEY ("registration_id","personal_number")
);

-- CreateTable
CREATE TABLE "review_items" (
    "registration_id" TEXT NOT NULL,
    "reasons" TEXT[],
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_items_pkey" PRIMARY KEY ("registration_id")
);

-- CreateTable
CREATE TABLE "registration_alarms" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "code" TEXT NOT NULL,
    "registration_id" TEXT,
    "count" INTEGER NOT NULL,

    CONSTRAINT "registration_alarms_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "registrations_code_key" ON "registrations"("code");

-- CreateIndex
CREATE INDEX "registrations_opened_by_started_at_idx" ON "registrations"("opened_by", "started_at");

-- CreateIndex
CREATE INDEX "registrations_personal_number_idx" ON "registrations"("personal_number");

-- CreateIndex
CREATE INDEX "registrations_phone_started_at_idx" ON "registrations"("phone", "started_at");

-- CreateIndex
CREATE INDEX "registrations_device_started_at_idx" ON "registrations"("device", "started_at");

-- CreateIndex
CREATE INDEX "registrations_source_started_at_idx" ON "registrations"("source", "started_at");

-- CreateIndex
CREATE INDEX "registrations_state_expires_at_idx" ON "registrations"("state", "expires_at");

-- CreateIndex
CREATE INDEX "registrations_state_due_at_idx" ON "registrations"("state", "due_at");

-- CreateIndex
CREATE INDEX "registrations_state_activate_by_idx" ON "registrations"("state", "activate_by");

-- CreateIndex
CREATE INDEX "registration_transitions_registration_id_id_idx" ON "registration_transitions"("registration_id", "id");

-- CreateIndex
CREATE INDEX "review_items_settled_at_due_at_idx" ON "review_items"("settled_at", "due_at");

-- CreateIndex
CREATE INDEX "registration_alarms_at_idx" ON "registration_alarms"("at");

-- CreateIndex
CREATE INDEX "registration_alarms_registration_id_idx" ON "registration_alarms"("registration_id");

-- CreateIndex
CREATE INDEX "sessions_registration_id_idx" ON "sessions"("registration_id");

-- CreateIndex
CREATE INDEX "accounts_phone_idx" ON "accounts"("phone");

-- CreateIndex
CREATE INDEX "accounts_cancelled_numbers_idx" ON "accounts" USING GIN ("cancelled_numbers");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration_transitions" ADD CONSTRAINT "registration_transitions_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration_images" ADD CONSTRAINT "registration_images_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chip_challenges" ADD CONSTRAINT "chip_challenges_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_consents" ADD CONSTRAINT "organisation_consents_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registrations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

ALTER TABLE "sessions" DROP CONSTRAINT "sessions_one_owner";
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_one_owner" CHECK (
  num_nonnulls("subject", "staff_id", "registration_id") = 1);

-- One account per person: of any number of registrations for one number one can be approved at a time.
CREATE UNIQUE INDEX "registrations_one_approved" ON "registrations"("personal_number") WHERE "state" = 'APPROVED';

-- How often a number's prefix and a face come up.
CREATE INDEX "registrations_prefix_idx" ON "registrations"(left("personal_number", 6), "started_at");
CREATE INDEX "registrations_chip_face_idx" ON "registrations"(("chip"->>'faceHash')) WHERE "chip" IS NOT NULL;
CREATE INDEX "registrations_portrait_idx" ON "registrations"(("face"->>'portraitHash')) WHERE "face" IS NOT NULL;

-- Each state has the times it stands for.
ALTER TABLE "registrations" ADD CONSTRAINT "registrations_times" CHECK (
  ("state" IN ('OPEN', 'EXPIRED', 'WITHDRAWN') OR "received_at" IS NOT NULL)
  AND ("state" NOT IN ('APPROVED', 'ACTIVATED', 'LAPSED') OR "activate_by" IS NOT NULL));
