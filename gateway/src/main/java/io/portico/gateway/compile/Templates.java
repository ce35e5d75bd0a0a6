package io.portico.gateway.compile;

import io.portico.gateway.http.MediaType;
import io.portico.gateway.jsonpath.CompiledPaths;
import io.portico.gateway.snapshot.MappingTemplate;
import io.portico.gateway.vtl.VtlException;
import io.portico.gateway.vtl.VtlTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles mapping templates. */
public final class Templates {
  private Templates() {}

  /** Templates by media type, in the order configured. */
  static Map<String, MappingTemplate> compile(
      @Nullable Map<String, ? extends @Nullable String> configured) {
    Map<String, MappingTemplate> compiled = new LinkedHashMap<>();
    if (configured != null) {
      MediaType.keys(configured.keySet())
          .forEach((type, key) -> compiled.put(type, template(configured.get(key))));
    }
    return Collections.unmodifiableMap(compiled);
  }

  /** Templates by the keys that they are selected by, in the order configured. */
  public static Map<String, MappingTemplate> byKey(@Nullable Map<String, String> configured) {
    Map<String, MappingTemplate> compiled = new LinkedHashMap<>();
    if (configured != null) {
      configured.forEach((key, text) -> compiled.put(key, template(text)));
    }
    return Collections.unmodifiableMap(compiled);
  }

  private static MappingTemplate template(@Nullable String text) {
    // AWS: an empty template is stored as null; source: recorded, facts INT-12.
    if (text == null || text.isEmpty()) {
      return new MappingTemplate.Unchanged();
    }
    try {
      VtlTemplate template = VtlTemplate.parse(text);
      return new MappingTemplate.Parsed(template, CompiledPaths.of(template.constantTexts()));
    } catch (VtlException e) {
      return new MappingTemplate.Broken("a template cannot be parsed: " + e.getMessage());
    }
  }
}
