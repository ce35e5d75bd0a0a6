package io.portico.gateway.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of an API's resource tree with its methods, keyed by HTTP method ({@code ANY} included).
 * The root has neither parent nor path part.
 */
public record ResourceRecord(
    String id,
    @Nullable String parentId,
    @Nullable String pathPart,
    String path,
    Map<String, MethodRecord> methods) {}
