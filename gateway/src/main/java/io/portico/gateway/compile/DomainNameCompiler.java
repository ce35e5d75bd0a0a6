package io.portico.gateway.compile;

import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.RoutingRuleRecord;
import io.portico.gateway.snapshot.CloudFront;
import io.portico.gateway.snapshot.DomainNameSnapshot;
import io.portico.gateway.snapshot.DomainNameSnapshot.Target;
import io.portico.gateway.x509.CertifiedChain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A custom domain name with its routing rules and mappings to what calls are looked up in. */
public final class DomainNameCompiler {
  private static final String MAPPINGS_ONLY = "BASE_PATH_MAPPING_ONLY";
  private static final String RULES_ONLY = "ROUTING_RULE_ONLY";

  private DomainNameCompiler() {}

  /**
   * Compiles a domain name.
   *
   * @param rules all of them, whether its routing mode has them looked at or not
   * @param mappings the same
   * @param certificate that of its endpoint, or null where only its name is known
   */
  public static DomainNameSnapshot compile(
      DomainNameRecord domain,
      List<RoutingRuleRecord> rules,
      List<BasePathMappingRecord> mappings,
      @Nullable CertifiedChain certificate) {
    Map<String, Target> targets = new HashMap<>();
    int deepest = 0;
    if (!domain.routingMode().equals(RULES_ONLY)) {
      for (BasePathMappingRecord mapping : mappings) {
        String path =
            mapping.basePath().equals(BasePathMappingRecord.NO_BASE_PATH) ? "" : mapping.basePath();
        targets.put(path, new Target(mapping.restApiId(), mapping.stage()));
        deepest = Math.max(deepest, path.isEmpty() ? 0 : path.split("/", -1).length);
      }
    }
    return new DomainNameSnapshot(
        domain.domainName(),
        domain.privateOnly(),
        ClosedSettings.domainName(domain),
        domain.routingMode().equals(MAPPINGS_ONLY) ? List.of() : RoutingRuleCompiler.compile(rules),
        Map.copyOf(targets),
        deepest,
        domain.endpointConfiguration().types().contains("EDGE")
            ? CloudFront.of(domain.domainName())
            : null,
        certificate);
  }
}
