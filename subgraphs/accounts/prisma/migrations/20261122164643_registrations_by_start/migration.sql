-- CreateIndex
CREATE INDEX "registrations_started_at_idx" ON "registrations"("started_at");
