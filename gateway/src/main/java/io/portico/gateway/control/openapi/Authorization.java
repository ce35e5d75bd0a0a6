package io.portico.gateway.control.openapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a method demands of its caller, as the method's record has it. */
record Authorization(
    String type,
    @Nullable String authorizerId,
    @Nullable List<String> scopes,
    boolean apiKeyRequired) {}
