-- CreateTable
CREATE TABLE "vehicles" (
    "ref" TEXT NOT NULL,
    "personal_number" TEXT,
    "old_id_number" TEXT,
    "passport_number" TEXT,
    "holder_name" TEXT NOT NULL,
    "match_name" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "registration_number" TEXT NOT NULL,
    "issue_date" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "seats" INTEGER NOT NULL,
    "fuel" TEXT NOT NULL,
    "chassis_number" TEXT NOT NULL,
    "engine_number" TEXT NOT NULL,
    "owner_kind" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "vehicles_pkey" PRIMARY KEY ("ref")
);

-- CreateTable
CREATE TABLE "plates" (
    "plate" TEXT NOT NULL,
    "personal_number" TEXT,
    "old_id_number" TEXT,
    "passport_number" TEXT,
    "holder_name" TEXT NOT NULL,
    "match_name" TEXT NOT NULL,
    "date_of_birth" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "province_code" TEXT NOT NULL,
    "retained_from" TEXT,
    "retained_until" TEXT,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "assurance" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL,

    CONSTRAINT "plates_pkey" PRIMARY KEY ("plate")
);

-- CreateTable
CREATE TABLE "plate_attachments" (
    "vehicle_ref" TEXT NOT NULL,
    "attached_from" TEXT NOT NULL,
    "attached_to" TEXT,
    "plate" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "colour" TEXT NOT NULL,

    CONSTRAINT "plate_attachments_pkey" PRIMARY KEY ("vehicle_ref","attached_from","plate")
);

-- CreateTable
CREATE TABLE "inspections" (
    "vehicle_ref" TEXT NOT NULL,
    "certificate_no" TEXT NOT NULL,
    "centre" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "valid_to" TEXT NOT NULL,
    "result" TEXT NOT NULL,

    CONSTRAINT "inspections_pkey" PRIMARY KEY ("vehicle_ref","certificate_no")
);

-- CreateTable
CREATE TABLE "mandatory_insurances" (
    "vehicle_ref" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "insurer" TEXT NOT NULL,
    "valid_to" TEXT NOT NULL,

    CONSTRAINT "mandatory_insurances_pkey" PRIMARY KEY ("vehicle_ref","number")
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
CREATE INDEX "vehicles_personal_number_idx" ON "vehicles"("personal_number");

-- CreateIndex
CREATE INDEX "vehicles_old_id_number_idx" ON "vehicles"("old_id_number");

-- CreateIndex
CREATE INDEX "vehicles_passport_number_idx" ON "vehicles"("passport_number");

-- CreateIndex
CREATE INDEX "plates_personal_number_idx" ON "plates"("personal_number");

-- CreateIndex
CREATE INDEX "plates_old_id_number_idx" ON "plates"("old_id_number");

-- CreateIndex
CREATE INDEX "plates_passport_number_idx" ON "plates"("passport_number");

-- CreateIndex
CREATE INDEX "served_at_idx" ON "served"("at");
