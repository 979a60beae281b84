-- CreateTable
CREATE TABLE "licences" (
    "ref" TEXT NOT NULL,
    "personal_number" TEXT,
    "old_id_number" TEXT,
    "passport_number" TEXT,
    "holder_name" TEXT NOT NULL,
    "match_name" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "hold_kind" TEXT,
    "hold_from" TEXT,
    "hold_until" TEXT,
    "hold_authority" TEXT,
    "hold_decision_no" TEXT,
    "issuing_authority" TEXT NOT NULL,
    "issue_date" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "licences_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "licence_classes" (
    "licence_ref" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "class" TEXT NOT NULL,
    "scheme" TEXT NOT NULL,
    "pass_date" TEXT NOT NULL,
    "issue_date" TEXT NOT NULL,
    "expiry_date" TEXT,

    CONSTRAINT "licence_classes_pkey" PRIMARY KEY ("licence_ref","position")
);

-- CreateTable
CREATE TABLE "licence_restrictions" (
    "licence_ref" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "licence_restrictions_pkey" PRIMARY KEY ("licence_ref","position")
);

-- CreateTable
CREATE TABLE "licence_points" (
    "licence_ref" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "value" INTEGER NOT NULL,
    "last_deduction_at" TEXT,
    "restore_at" TEXT,

    CONSTRAINT "licence_points_pkey" PRIMARY KEY ("licence_ref","group")
);

-- CreateTable
CREATE TABLE "points_deductions" (
    "licence_ref" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "date" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "group" TEXT NOT NULL,
    "article" TEXT NOT NULL,
    "decision_no" TEXT NOT NULL,

    CONSTRAINT "points_deductions_pkey" PRIMARY KEY ("licence_ref","position")
);

-- CreateTable
CREATE TABLE "changes" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "keys" JSONB NOT NULL,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("id")
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
CREATE UNIQUE INDEX "licences_number_key" ON "licences"("number");

-- CreateIndex
CREATE INDEX "licences_personal_number_idx" ON "licences"("personal_number");

-- CreateIndex
CREATE INDEX "licences_old_id_number_idx" ON "licences"("old_id_number");

-- CreateIndex
CREATE INDEX "licences_passport_number_idx" ON "licences"("passport_number");

-- CreateIndex
CREATE INDEX "served_at_idx" ON "served"("at");
