package io.portico.gateway.model;

import org.jspecify.annotations.Nullable;

/** Account-wide settings of API Gateway in one region. */
public record AccountRecord(@Nullable String cloudwatchRoleArn) {}
