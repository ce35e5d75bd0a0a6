package io.portico.gateway.control.domains;

import io.portico.gateway.control.Publisher;
import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.RoutingRuleRecord;
import io.portico.gateway.model.RoutingRuleRecord.InvokeApi;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The records of routing rules. */
public final class DomainRoutingRules {
  private DomainRoutingRules() {}

  /** All of a domain name, in the order in which they are looked at. */
  public static List<RoutingRuleRecord> of(RecordReader records, DomainNameRecord domain) {
    return records.list(RecordTypes.ROUTING_RULE, DomainMappings.parent(domain)).stream()
        .sorted(Comparator.comparingInt(RoutingRuleRecord::priority))
        .toList();
  }

  /** Stores one in place of that of its id; calls go by it from the commit on. */
  public static void put(
      RecordWriter records, Publisher publisher, DomainNameRecord domain, RoutingRuleRecord rule) {
    String parent = DomainMappings.parent(domain);
    records
        .find(RecordTypes.ROUTING_RULE, parent, rule.routingRuleId())
        .ifPresent(before -> forget(records, domain, before));
    records.put(RecordTypes.ROUTING_RULE, parent, rule.routingRuleId(), rule);
    for (RoutingRuleRecord.Action action : rule.actions()) {
      records.put(
          RecordTypes.ROUTING_RULE_OF_API,
          action.invokeApi().apiId(),
          parent + "/" + rule.routingRuleId(),
          rule);
    }
    publisher.domainNameChanged(records, domain.domainName());
  }

  /** Deletes one; whoever calls tells the publisher. */
  public static void delete(RecordWriter records, DomainNameRecord domain, RoutingRuleRecord rule) {
    forget(records, domain, rule);
    records.delete(RecordTypes.ROUTING_RULE, DomainMappings.parent(domain), rule.routingRuleId());
  }

  private static void forget(
      RecordWriter records, DomainNameRecord domain, RoutingRuleRecord rule) {
    for (RoutingRuleRecord.Action action : rule.actions()) {
      records.delete(
          RecordTypes.ROUTING_RULE_OF_API,
          action.invokeApi().apiId(),
          DomainMappings.parent(domain) + "/" + rule.routingRuleId());
    }
  }

  /** Deletes all of a domain name that is deleted. */
  static void deleteAll(RecordWriter records, DomainNameRecord domain) {
    of(records, domain).forEach(rule -> delete(records, domain, rule));
  }

  /** Whether an API may be deleted. */
  // AWS: assumed, after the refusal of one with base path mappings.
  public static void checkUnused(RecordReader records, String apiId) {
    String domains = domains(records, apiId, invoked -> true);
    if (!domains.isEmpty()) {
      throw ServiceException.badRequest(
          "Deleting RestApi %s failed. Please remove all routing rules related to the RestApi in"
                  .formatted(apiId)
              + " your domains: "
              + domains);
    }
  }

  /** Whether a stage may be deleted. */
  // AWS: assumed, as for APIs.
  public static void checkUnused(RecordReader records, String apiId, String stageName) {
    String domains = domains(records, apiId, invoked -> invoked.stage().equals(stageName));
    if (!domains.isEmpty()) {
      throw ServiceException.badRequest(
          "Deleting stage %s failed. Please remove all routing rules related to the stage in your"
                  .formatted(stageName)
              + " domains: "
              + domains);
    }
  }

  private static String domains(RecordReader records, String apiId, Predicate<InvokeApi> meant) {
    return records.list(RecordTypes.ROUTING_RULE_OF_API, apiId).stream()
        .filter(rule -> rule.actions().stream().anyMatch(each -> meant.test(each.invokeApi())))
        .map(rule -> DomainNameRecord.nameOf(rule.domainName()))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
