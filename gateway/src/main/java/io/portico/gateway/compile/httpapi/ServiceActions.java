package io.portico.gateway.compile.httpapi;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.httpapi.ParameterChanges;
import io.portico.gateway.snapshot.httpapi.RouteIntegration;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles the actions of AWS's services that an {@code integrationSubtype} names. */
final class ServiceActions {
  private final ServiceEndpoints services;
  private final String region;
  private final StageVariables variables;

  /**
   * @param region of the API: where actions are called that name no other
   * @param variables of the stage, which may name another
   */
  ServiceActions(ServiceEndpoints services, String region, StageVariables variables) {
    this.services = services;
    this.region = region;
    this.variables = variables;
  }

  /**
   * Compiles an integration with a subtype.
   *
   * @param changes those of answers; a request is made of its parameters alone
   */
  RouteIntegration compile(String name, IntegrationRecord record, ParameterChanges changes)
      throws UnusableException {
    ServiceSubtype subtype = ServiceSubtype.named(name);
    if (subtype == null) {
      throw new UnusableException("no integration subtype: " + name);
    }
    Map<String, String> given =
        record.requestParameters() == null ? Map.of() : record.requestParameters();
    for (String required : subtype.required()) {
      if (!given.containsKey(required)) {
        throw new UnusableException(name + " has no " + required);
      }
    }
    Map<String, List<ParameterSource>> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, String> parameter : given.entrySet()) {
      if (!subtype.takes(parameter.getKey())) {
        throw new UnusableException(name + " takes no " + parameter.getKey());
      }
      if (subtype.isOfAction(parameter.getKey())) {
        parameters.put(
            subtype.member(parameter.getKey()),
            MappingExpression.ofRequest(parameter.getValue()).pieces());
      }
    }
    ServiceEndpoints.Place place = place(subtype, given.get(ServiceSubtype.REGION));
    return new RouteIntegration.ServiceAction(
        Duration.ofMillis(Math.max(record.timeoutInMillis(), 1)),
        place.endpoint(),
        place.prefix(),
        isAsCaller(record),
        subtype.form(),
        Collections.unmodifiableMap(parameters),
        changes);
  }

  private boolean isAsCaller(IntegrationRecord record) {
    String credentials = record.credentialsArn();
    return credentials != null && SourceArn.CALLER.equals(variables.resolve(credentials));
  }

  /**
   * @param named the region that the integration names, or null
   */
  private ServiceEndpoints.Place place(ServiceSubtype subtype, @Nullable String named)
      throws UnusableException {
    String wanted = named == null ? region : MappingExpression.ofRequest(named).inStage(variables);
    if (!ServiceSubtype.isRegion(wanted)) {
      throw new UnusableException("no region: " + wanted);
    }
    String partition =
        wanted.startsWith("cn-") ? "aws-cn" : wanted.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    return services.of(partition, wanted, subtype.service(), subtype.action());
  }
}
