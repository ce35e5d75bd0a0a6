package io.portico.gateway.compile.httpapi;

import io.portico.gateway.aws.AwsPartition;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SigningIdentities;
import io.portico.gateway.compile.StageVariables;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.snapshot.LambdaFunction;
import io.portico.gateway.snapshot.ParameterSource;
import io.portico.gateway.snapshot.SigningIdentity;
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
  private final SigningIdentities signers;
  private final String region;
  private final StageVariables variables;

  /**
   * @param signers of the API's integrations
   * @param region of the API: where actions are called that name no other
   * @param variables of the stage, which may name another
   */
  ServiceActions(
      ServiceEndpoints services,
      SigningIdentities signers,
      String region,
      StageVariables variables) {
    this.services = services;
    this.signers = signers;
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
    String called = region(given.get(ServiceSubtype.REGION));
    String partition = AwsPartition.of(called);
    ServiceEndpoints.Place place =
        services.of(partition, called, subtype.service(), subtype.action());
    return new RouteIntegration.ServiceAction(
        Duration.ofMillis(Math.max(record.timeoutInMillis(), 1)),
        place.endpoint(),
        place.prefix(),
        signers.of(record.credentialsArn(), partition, called),
        subtype.form(),
        Collections.unmodifiableMap(parameters),
        changes);
  }

  /** With whose credentials an integration invokes a function. */
  SigningIdentity signer(
      IntegrationRecord record, FunctionEndpoints functions, LambdaFunction function)
      throws UnusableException {
    return signers.ofFunction(record.credentialsArn(), functions, function);
  }

  /**
   * Where the action is called.
   *
   * @param named the region that the integration names, or null
   */
  private String region(@Nullable String named) throws UnusableException {
    String wanted = named == null ? region : MappingExpression.ofRequest(named).inStage(variables);
    if (!ServiceSubtype.isRegion(wanted)) {
      throw new UnusableException("no region: " + wanted);
    }
    return wanted;
  }
}
