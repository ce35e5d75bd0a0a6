package io.portico.gateway.compile;

import io.portico.gateway.model.RoutingRuleRecord;
import io.portico.gateway.model.RoutingRuleRecord.Condition;
import io.portico.gateway.model.RoutingRuleRecord.InvokeApi;
import io.portico.gateway.snapshot.DomainNameSnapshot.Target;
import io.portico.gateway.snapshot.RoutingRuleSnapshot;
import io.portico.gateway.snapshot.RoutingRuleSnapshot.BasePath;
import io.portico.gateway.snapshot.RoutingRuleSnapshot.HeaderCondition;
import io.portico.gateway.snapshot.RoutingRuleSnapshot.HeaderValue;
import io.portico.gateway.snapshot.ValueGlob;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Routing rules to what calls are sent by, in the order in which they are looked at. */
final class RoutingRuleCompiler {
  private RoutingRuleCompiler() {}

  static List<RoutingRuleSnapshot> compile(List<RoutingRuleRecord> rules) {
    return rules.stream()
        .sorted(Comparator.comparingInt(RoutingRuleRecord::priority))
        .map(RoutingRuleCompiler::compile)
        .toList();
  }

  private static RoutingRuleSnapshot compile(RoutingRuleRecord rule) {
    InvokeApi invoked = rule.actions().getFirst().invokeApi();
    return new RoutingRuleSnapshot(
        rule.routingRuleId(),
        rule.conditions().stream()
            .map(Condition::matchHeaders)
            .filter(Objects::nonNull)
            .map(
                headers ->
                    new HeaderCondition(
                        headers.anyOf().stream()
                            .map(
                                each ->
                                    new HeaderValue(each.header(), ValueGlob.of(each.valueGlob())))
                            .toList()))
            .toList(),
        basePaths(rule),
        new Target(invoked.apiId(), invoked.stage()),
        invoked.stripBasePath());
  }

  private static @Nullable List<BasePath> basePaths(RoutingRuleRecord rule) {
    return rule.conditions().stream()
        .map(Condition::matchBasePaths)
        .filter(Objects::nonNull)
        .findFirst()
        .map(paths -> paths.anyOf().stream().map(BasePath::of).toList())
        .orElse(null);
  }
}
