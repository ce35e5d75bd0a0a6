package io.portico.gateway.control.domains;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import java.util.List;
import java.util.function.Predicate;

/**
 * The custom domain names whose mappings lead to an API or stage, which are in its deletion's way.
 */
public final class MappingUse {
  private MappingUse() {}

  /** Those of an API. */
  public static List<String> ofApi(RecordReader records, String apiId) {
    return domains(records, apiId, mapping -> true);
  }

  /** Those of a stage. */
  public static List<String> ofStage(RecordReader records, String apiId, String stageName) {
    return domains(records, apiId, mapping -> stageName.equals(mapping.stage()));
  }

  private static List<String> domains(
      RecordReader records, String apiId, Predicate<BasePathMappingRecord> meant) {
    return records.list(RecordTypes.MAPPING_OF_API, apiId).stream()
        .filter(meant)
        .map(mapping -> DomainNameRecord.nameOf(mapping.domainName()))
        .distinct()
        .toList();
  }
}
