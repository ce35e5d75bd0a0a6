package io.portico.conformance.server;

import io.portico.conformance.client.AwsProgram;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.counterparts.Counterparts;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;

/** Keeps the shared servers for as long as tests run, and ends them after the last one. */
public final class PorticoExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(PorticoExtension.class);
  private static final Set<Class<?>> GIVEN =
      Set.of(
          Endpoint.class,
          PorticoProcess.class,
          ApiGatewayClient.class,
          AwsProgram.class,
          Counterparts.class);

  /** The shared server, started by whoever asks first. */
  public static PorticoProcess server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent("server", key -> PorticoProcess.ephemeral(), PorticoProcess.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return GIVEN.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == Counterparts.class) {
      return counterparts(context);
    }
    PorticoProcess server = server(context);
    if (type == PorticoProcess.class) {
      return server;
    }
    if (type == AwsProgram.class) {
      return aws(context, server.endpoint());
    }
    return type == Endpoint.class ? server.endpoint() : sdk(context, server.endpoint()).client();
  }

  private static AwsProgram aws(ExtensionContext context, Endpoint endpoint) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent("aws", key -> AwsProgram.of(endpoint), AwsProgram.class);
  }

  private static Counterparts counterparts(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent("counterparts", key -> new Counterparts(), Counterparts.class);
  }

  private static JavaSdk sdk(ExtensionContext context, Endpoint endpoint) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent("sdk", key -> JavaSdk.of(endpoint), JavaSdk.class);
  }
}
