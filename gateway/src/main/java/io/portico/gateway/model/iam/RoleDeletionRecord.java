package io.portico.gateway.model.iam;

import java.time.Instant;

/**
 * That a service-linked role was deleted.
 *
 * @param taskId what its deletion can be asked about by
 */
public record RoleDeletionRecord(String taskId, Instant date) {}
