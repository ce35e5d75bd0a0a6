package io.portico.gateway.control.v2;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.DomainMappings;
import io.portico.gateway.control.domains.DomainNameArn;
import io.portico.gateway.control.domains.DomainRoutingRules;
import io.portico.gateway.control.domains.MappingTargets;
import io.portico.gateway.control.domains.MixedMappings;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.RoutingRuleRecord;
import io.portico.gateway.model.RoutingRuleRecord.Action;
import io.portico.gateway.model.RoutingRuleRecord.InvokeApi;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * <b>Routing rules</b>: which requests to a custom domain name call which stage, by headers and
 * base path. Whether they are looked at is for the domain name's routing mode to say.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-rules.html">Routing
 *     rules</a>
 */
public final class RoutingRules {
  private static final int ID_LENGTH = 6;

  private final V2Environment environment;

  RoutingRules(V2Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateRoutingRule", this::createRoutingRule)
        .add("PutRoutingRule", this::putRoutingRule)
        .add("GetRoutingRule", this::getRoutingRule)
        .add("ListRoutingRules", this::listRoutingRules)
        .add("DeleteRoutingRule", this::deleteRoutingRule);
  }

  // AWS: that rules can be made before a routing mode has them looked at is assumed.
  public ObjectNode createRoutingRule(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              String id =
                  environment
                      .ids()
                      .next(
                          records,
                          RecordTypes.ROUTING_RULE,
                          DomainMappings.parent(domain),
                          ID_LENGTH);
              ObjectNode reply = put(records, call, domain, id);
              environment
                  .quotas()
                  .check(
                      Quota.ROUTING_RULES,
                      domain.domainName(),
                      () -> records.count(RecordTypes.ROUTING_RULE, DomainMappings.parent(domain)));
              return reply;
            });
  }

  public ObjectNode putRoutingRule(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              return put(records, call, domain, find(records, domain, call).routingRuleId());
            });
  }

  private ObjectNode put(
      RecordWriter records, OperationCall call, DomainNameRecord domain, String id) {
    RoutingRuleRecord rule = sent(call.input(), domain, id);
    InvokeApi invoked = rule.actions().getFirst().invokeApi();
    MappingTargets.checkRest(records, call.caller(), domain, invoked.apiId(), invoked.stage());
    MixedMappings.check(records, domain);
    boolean taken =
        DomainRoutingRules.of(records, domain).stream()
            .anyMatch(
                other -> other.priority() == rule.priority() && !other.routingRuleId().equals(id));
    if (taken) {
      // AWS: no two rules have a priority; source: documented, as above. The text is assumed.
      throw ServiceException.conflict(
          "A routing rule with priority %d already exists for this domain name"
              .formatted(rule.priority()));
    }
    DomainRoutingRules.put(records, environment.publisher(), domain, rule);
    return reply(domain, rule);
  }

  private static RoutingRuleRecord sent(Input input, DomainNameRecord domain, String id) {
    List<Action> actions =
        input.structures("actions").stream()
            .map(action -> action.structureOrNull("invokeApi"))
            .map(RoutingRules::action)
            .toList();
    if (actions.size() != 1) {
      // AWS: source: documented, as above. The text is assumed.
      throw ServiceException.badRequest("A routing rule must have one action");
    }
    Integer priority = input.integerOrNull("priority");
    return new RoutingRuleRecord(
        id, domain.key(), priority == null ? 0 : priority, RoutingConditions.of(input), actions);
  }

  private static Action action(Input invoked) {
    return new Action(
        new InvokeApi(
            invoked.string("apiId"), invoked.string("stage"), invoked.bool("stripBasePath")));
  }

  // AWS: the text is assumed, after those of other identifiers.
  private static RoutingRuleRecord find(
      RecordReader records, DomainNameRecord domain, OperationCall call) {
    return records
        .find(
            RecordTypes.ROUTING_RULE,
            DomainMappings.parent(domain),
            call.input().string("RoutingRuleId"))
        .orElseThrow(() -> ServiceException.notFound("Invalid routing rule identifier specified"));
  }

  public ObjectNode getRoutingRule(OperationCall call) {
    return environment
        .records()
        .read(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              return reply(domain, find(records, domain, call));
            });
  }

  // AWS: that they are listed by priority is assumed.
  public ObjectNode listRoutingRules(OperationCall call) {
    Page page = Page.v2(call.input(), "routingRules");
    return environment
        .records()
        .read(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              return page.answer(
                  (after, limit) ->
                      DomainRoutingRules.of(records, domain).stream()
                          .filter(rule -> position(rule).compareTo(after) > 0)
                          .limit(limit)
                          .toList(),
                  RoutingRules::position,
                  rule -> reply(domain, rule));
            });
  }

  private static String position(RoutingRuleRecord rule) {
    return "%07d".formatted(rule.priority());
  }

  public ObjectNode deleteRoutingRule(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain = DomainNames.find(records, call);
              DomainRoutingRules.delete(records, domain, find(records, domain, call));
              environment.publisher().domainNameChanged(records, domain.domainName());
              return Json.object();
            });
  }

  private static ObjectNode reply(DomainNameRecord domain, RoutingRuleRecord rule) {
    ObjectNode reply = RecordCodec.tree(rule);
    reply.remove("domainName");
    reply.put("routingRuleArn", DomainNameArn.ofRule(domain, rule.routingRuleId()));
    return reply;
  }
}
