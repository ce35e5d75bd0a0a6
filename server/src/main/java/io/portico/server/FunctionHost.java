package io.portico.server;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.CallerResolver;
import io.portico.gateway.control.protocol.ControlPlane;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.sts.ServiceSessions;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.store.Records;
import io.portico.lambda.async.AsyncInvocations;
import io.portico.lambda.async.ServiceCalls;
import io.portico.lambda.code.CodeLinks;
import io.portico.lambda.code.ObjectStore;
import io.portico.lambda.control.LambdaHost;
import io.portico.lambda.environment.Environments;
import io.portico.lambda.environment.RuntimeListeners;
import io.portico.lambda.isolation.Isolation;
import io.portico.lambda.isolation.Namespaces;
import io.portico.lambda.url.FunctionUrls;
import io.portico.server.config.ConfigException;
import io.portico.server.config.GatewayConfig;
import io.portico.transport.listener.HttpListener;
import io.portico.transport.listener.ListenerConfig;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.loop.LoopCarrier;
import io.portico.transport.wire.WireLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The Lambda host of this process, and the port of loopback on which the gateway invokes its
 * functions: one of its own, so that calls under way can end while the gateway drains.
 */
final class FunctionHost implements AutoCloseable {
  /** A function may take 15 minutes between two requests to the Runtime API. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(16);

  /**
   * AWS's client for Java sends up to 1 MB of an exception's trace in a header; the error that ends
   * a streamed response stands in fields behind it.
   */
  private static final WireLimits RUNTIME_LIMITS = new WireLimits(16 * 1024, 2 * 1024 * 1024, 200);

  private final LambdaHost host;
  private final HttpListener listener;
  private final WorkingFolder working;

  private FunctionHost(LambdaHost host, HttpListener listener, WorkingFolder working) {
    this.host = host;
    this.listener = listener;
    this.working = working;
  }

  /**
   * Starts one.
   *
   * @param environment the variables of this process
   * @param variables that functions get unless they have their own
   * @param sessions of functions in their roles
   * @param objects where code of S3's buckets comes from
   * @param services where destinations of asynchronous invocations are reached
   * @throws ConfigException if there is no place for it
   */
  static FunctionHost start(
      GatewayConfig config,
      Map<String, String> environment,
      Supplier<Map<String, String>> variables,
      Records records,
      LogStore logs,
      EventLoops loops,
      CallerResolver callers,
      ServiceSessions sessions,
      ObjectStore objects,
      ServiceCalls services,
      Clock clock) {
    WorkingFolder place = null;
    boolean started = false;
    try {
      place = WorkingFolder.make();
      Path working = place.path();
      Path folder = config.ephemeral() ? working.resolve("data") : config.data().resolve("lambda");
      GatewayConfig.Lambda settings = config.lambda();
      LambdaHost host =
          LambdaHost.start(
              new LambdaHost.Config(
                  folder.toAbsolutePath(),
                  working,
                  settings.programs(),
                  variables,
                  environment,
                  new Environments.Limits(settings.maxEnvironments(), settings.idleTimeout()),
                  new AsyncInvocations.Settings(settings.retryDelay(), services),
                  sessions,
                  objects,
                  settings.permissions(),
                  settings.requireRoles(),
                  isolation(settings, working, config.ephemeral() ? folder : config.data()),
                  new LoopCarrier()),
              records,
              logs,
              runtimeListeners(loops),
              clock);
      FunctionHost listening = listening(host, loops, callers, place);
      started = true;
      return listening;
    } catch (IOException e) {
      throw new ConfigException(
          "lambda.host: true: there is no place for functions on this machine: " + e, e);
    } finally {
      if (!started && place != null) {
        place.close();
      }
    }
  }

  /** A host that nobody could call is closed again. */
  private static FunctionHost listening(
      LambdaHost host, EventLoops loops, CallerResolver callers, WorkingFolder working)
      throws IOException {
    try {
      return new FunctionHost(
          host,
          HttpListener.start(
              loops,
              ListenerConfig.at(loopback()),
              new ControlPlane(Map.of(AwsApi.LAMBDA, host.operations()), callers)),
          working);
    } catch (IOException | RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private static Isolation isolation(GatewayConfig.Lambda settings, Path working, Path hidden) {
    return switch (settings.isolation()) {
      case NONE -> Isolation.NONE;
      case NAMESPACES -> {
        try {
          yield Namespaces.probed(working.resolve("isolation"), hidden);
        } catch (IOException e) {
          throw new ConfigException(
              "lambda.isolation: namespaces: this machine does not allow it: "
                  + String.valueOf(e.getMessage()).strip(),
              e);
        }
      }
    };
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static RuntimeListeners runtimeListeners(EventLoops loops) {
    return handler -> {
      ListenerConfig usual = ListenerConfig.at(loopback());
      HttpListener listener =
          HttpListener.start(
              loops,
              new ListenerConfig(
                  usual.address(),
                  RUNTIME_LIMITS,
                  usual.headerTimeout(),
                  LONGEST_SILENCE,
                  LONGEST_SILENCE,
                  usual.lingerTimeout(),
                  64,
                  0,
                  usual.http2()),
              handler);
      return new RuntimeListeners.Listening() {
        @Override
        public String address() {
          return "127.0.0.1:" + listener.address().getPort();
        }

        @Override
        public void close() {
          listener.close();
        }
      };
    };
  }

  /** What is built of Lambda's API. */
  Operations operations() {
    return host.operations();
  }

  /** Answers requests for paths that begin with {@link CodeLinks#PATH}. */
  HttpHandler downloads() {
    return host.downloads();
  }

  /** Answers the calls of function URLs. */
  FunctionUrls urls() {
    return host.urls();
  }

  /** Where the gateway invokes functions. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.address().getPort());
  }

  @Override
  public void close() {
    listener.close();
    host.close();
    working.close();
  }
}
