-- CreateTable
CREATE TABLE "memberships" (
    "ref" TEXT NOT NULL,
    "personal_number" TEXT,
    "old_id_number" TEXT,
    "passport_number" TEXT,
    "holder_name" TEXT NOT NULL,
    "match_name" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "participation_type" TEXT NOT NULL,
    "total_months" INTEGER NOT NULL,
    "paid_through" TEXT,
    "managing_agency" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "contribution_periods" (
    "membership_ref" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT,
    "employer" TEXT NOT NULL,
    "workplace" TEXT NOT NULL,
    "salary_base" BIGINT NOT NULL,

    CONSTRAINT "contribution_periods_pkey" PRIMARY KEY ("membership_ref","position")
);

-- CreateTable
CREATE TABLE "benefits" (
    "membership_ref" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "benefits_pkey" PRIMARY KEY ("membership_ref","position")
);

-- CreateTable
CREATE TABLE "health_cards" (
    "ref" TEXT NOT NULL,
    "personal_number" TEXT,
    "old_id_number" TEXT,
    "passport_number" TEXT,
    "holder_name" TEXT NOT NULL,
    "match_name" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "valid_from" TEXT NOT NULL,
    "valid_to" TEXT,
    "issue_date" TEXT NOT NULL,
    "issue_place" TEXT NOT NULL,
    "facility_code" TEXT NOT NULL,
    "five_year_continuous_from" TEXT,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "health_cards_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "facilities" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "facilities_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "medical_visits" (
    "health_card_ref" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "admitted_on" TEXT NOT NULL,
    "discharged_on" TEXT,
    "facility" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "amount_paid" BIGINT NOT NULL,

    CONSTRAINT "medical_visits_pkey" PRIMARY KEY ("health_card_ref","position")
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
CREATE INDEX "memberships_personal_number_idx" ON "memberships"("personal_number");

-- CreateIndex
CREATE INDEX "memberships_old_id_number_idx" ON "memberships"("old_id_number");

-- CreateIndex
CREATE INDEX "memberships_passport_number_idx" ON "memberships"("passport_number");

-- CreateIndex
CREATE INDEX "health_cards_personal_number_idx" ON "health_cards"("personal_number");

-- CreateIndex
CREATE INDEX "health_cards_old_id_number_idx" ON "health_cards"("old_id_number");

-- CreateIndex
CREATE INDEX "health_cards_passport_number_idx" ON "health_cards"("passport_number");

-- CreateIndex
CREATE INDEX "served_at_idx" ON "served"("at");
