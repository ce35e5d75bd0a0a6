package io.portico.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.compile.httpapi.HttpApiCompiler;
import io.portico.gateway.compile.websocket.WebSocketApiCompiler;
import io.portico.gateway.control.RandomIds;
import io.portico.gateway.control.SnapshotPublisher;
import io.portico.gateway.control.acm.AcmEnvironment;
import io.portico.gateway.control.acm.AcmOperations;
import io.portico.gateway.control.acm.AcmRecords;
import io.portico.gateway.control.acm.LocalAuthority;
import io.portico.gateway.control.domains.Certificates;
import io.portico.gateway.control.iam.IamEnvironment;
import io.portico.gateway.control.iam.IamOperations;
import io.portico.gateway.control.iam.KeyIds;
import io.portico.gateway.control.logs.LogsEnvironment;
import io.portico.gateway.control.logs.LogsOperations;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.CallerResolver;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.ControlPlane;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.quota.Rates;
import io.portico.gateway.control.sts.IssuedAccessKeys;
import io.portico.gateway.control.sts.RootKey;
import io.portico.gateway.control.sts.ServiceSessions;
import io.portico.gateway.control.sts.SessionIdentities;
import io.portico.gateway.control.sts.StsEnvironment;
import io.portico.gateway.control.sts.StsOperations;
import io.portico.gateway.control.v1.OperationRates;
import io.portico.gateway.control.v1.ThrottleSettings;
import io.portico.gateway.control.v1.V1Environment;
import io.portico.gateway.control.v1.V1Operations;
import io.portico.gateway.control.v2.V2Environment;
import io.portico.gateway.control.v2.V2OperationRates;
import io.portico.gateway.control.v2.V2Operations;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.RefusedRequests;
import io.portico.gateway.execute.authorizer.Authorizers;
import io.portico.gateway.execute.authorizer.JwtAuthorizers;
import io.portico.gateway.execute.authorizer.LambdaAuthorizers;
import io.portico.gateway.execute.authorizer.RequestAuthorizers;
import io.portico.gateway.execute.authorizer.SignedCallers;
import io.portico.gateway.execute.authorizer.UserPoolAuthorizers;
import io.portico.gateway.execute.cache.ResponseCache;
import io.portico.gateway.execute.httpapi.HttpApiPipeline;
import io.portico.gateway.execute.httpapi.RouteAuthorizers;
import io.portico.gateway.execute.httpapi.RouteIntegrations;
import io.portico.gateway.execute.httpapi.RouteThrottles;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.integration.SigningCredentials;
import io.portico.gateway.execute.integration.TargetGroups;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.execute.rest.RuntimeState;
import io.portico.gateway.execute.telemetry.AccessLogSink;
import io.portico.gateway.execute.telemetry.AccessLogs;
import io.portico.gateway.execute.telemetry.ExecutionLogs;
import io.portico.gateway.execute.telemetry.GatewayMetrics;
import io.portico.gateway.execute.telemetry.MeterClock;
import io.portico.gateway.execute.telemetry.TargetMeters;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.execute.websocket.OpenConnections;
import io.portico.gateway.execute.websocket.WebSocketPipeline;
import io.portico.gateway.execute.websocket.WebSocketState;
import io.portico.gateway.jose.KeySetLimits;
import io.portico.gateway.logs.LogFolder;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.Records;
import io.portico.lambda.url.FunctionUrls;
import io.portico.server.config.GatewayConfig;
import io.portico.store.MemoryRecordStore;
import io.portico.store.SqliteRecordStore;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.loop.LoopCarrier;
import io.portico.transport.loop.RequestThreads;
import io.portico.transport.tls.ServerIdentity;
import io.portico.transport.upstream.NettyUpstream;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a gateway and how they fit together. */
public final class GatewayAssembly {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayAssembly.class);

  private GatewayAssembly() {}

  /**
   * Starts a gateway; when this returns, it answers.
   *
   * @throws io.portico.server.config.ConfigException if the address or an endpoint is not allowed,
   *     or the certificate of HTTPS or those of authorities cannot be used
   * @throws AddressException if the address cannot be listened on
   * @throws io.portico.gateway.store.StoreException if the data directory cannot be used
   */
  public static Gateway start(GatewayConfig config) {
    return start(config, System.getenv());
  }

  /**
   * The same with another environment than the process's.
   *
   * @param environment what AWS's clients take from it
   */
  static Gateway start(GatewayConfig config, Map<String, String> environment) {
    return start(config, environment, Clock.systemUTC());
  }

  /**
   * The same with another clock than the system's.
   *
   * @param clock what times and days are read from
   */
  static Gateway start(GatewayConfig config, Map<String, String> environment, Clock clock) {
    InetSocketAddress address = ListenAddress.of(config);
    AwsSettings aws =
        new AwsSettings(config, environment, OwnListener.of(address, config.tlsPort()));
    aws.warnings().forEach(LOG::warn);
    ServerIdentity identity = HttpsCertificate.configured(config);
    Parts parts = new Parts();
    boolean started = false;
    try {
      Gateway gateway = start(config, environment, clock, aws, address, identity, parts);
      started = true;
      return gateway;
    } finally {
      if (!started) {
        parts.close();
      }
    }
  }

  private static Gateway start(
      GatewayConfig config,
      Map<String, String> environment,
      Clock clock,
      AwsSettings aws,
      InetSocketAddress address,
      @Nullable ServerIdentity identity,
      Parts parts) {
    LinkTargets targets = ConfiguredTargets.of(config.vpcLinks());
    MeterClock meterClock = new MeterClock();
    PrometheusMeterRegistry meters =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), meterClock);
    RecordStore store = parts.add(store(config));
    Records records = new Records(store);
    Health health = new Health(store);
    Meanwhile<EventLoops> starting =
        Meanwhile.of(
            () ->
                EventLoops.start(
                    new EventLoops.Config(
                        config.http().eventLoops(), null, RequestThreads.best())));
    parts.add(() -> starting.get().close());

    ServiceSessions sessions = new ServiceSessions(records);
    SessionIdentities identities = new SessionIdentities(records, sessions, new LoopCarrier());
    KeyIds keyIds = new KeyIds(records);
    ControlHosts hosts = new ControlHosts(config.controlNames());
    CallerResolver callers =
        new CallerResolver(
            config.accountId(),
            config.region(),
            hosts,
            new IssuedAccessKeys(records, identities, keyIds, new LoopCarrier(), clock));

    LogStore logs = parts.add(new LogStore(logFolder(config), records, clock));
    EventLoops loops = starting.get();
    NettyUpstream upstream = ConfiguredBackends.start(config, loops, parts);
    AwsCalls services = new AwsCalls(aws.endpoints(), upstream, aws.credentials(), clock);
    // A port that the system chooses is not known before it listens; hardly a function starts
    // sooner.
    AtomicReference<Map<String, String>> functionVariables =
        new AtomicReference<>(
            aws.variablesOfFunctions(
                address.getPort() == 0 ? null : ListenAddress.url("http", address)));
    FunctionHost functions =
        config.lambda().host()
            ? parts.add(
                FunctionHost.start(
                    config,
                    environment,
                    functionVariables::get,
                    records,
                    logs,
                    loops,
                    callers,
                    sessions,
                    new S3ObjectStore(aws.endpoints(), upstream, aws.credentials(), clock),
                    services,
                    clock))
            : null;

    Quotas quotas = ConfiguredQuotas.of(config.quotas(), clock);
    CurrentSnapshot snapshot = new CurrentSnapshot();
    SnapshotCompiler compiler =
        new SnapshotCompiler(
            quotas.callLimits(),
            aws.endpoints(),
            aws.functions(functions == null ? null : functions.endpoint()),
            aws.userPools(),
            targets);
    HttpApiCompiler httpCompiler =
        new HttpApiCompiler(
            quotas.callLimits(),
            aws.endpoints(),
            aws.functions(functions == null ? null : functions.endpoint()),
            aws.userPools(),
            targets);
    WebSocketApiCompiler webSocketCompiler =
        new WebSocketApiCompiler(
            quotas.callLimits(),
            WebSocketSettings.limits(config.websocket()),
            aws.endpoints(),
            aws.functions(functions == null ? null : functions.endpoint()),
            targets);
    SnapshotPublisher publisher =
        new SnapshotPublisher(
            snapshot, compiler, httpCompiler, webSocketCompiler, AcmRecords::shown);
    LambdaInvoke lambda = new LambdaInvoke(upstream, aws.credentials(), clock);
    SigningCredentials signing =
        parts.add(new SigningCredentials(upstream, aws.credentials(), clock));
    LambdaAuthorizers lambdaAuthorizers = new LambdaAuthorizers(lambda, signing, snapshot);
    UsageMeters usage = parts.add(new UsageMeters(new StoredUsage(records), clock));
    ResponseCache cache =
        new ResponseCache(config.cache().maxBytes(Runtime.getRuntime().maxMemory()), snapshot);
    ConfiguredExecutionLogs executionLog =
        parts.add(ConfiguredExecutionLogs.start(config, logs, meters));
    ConfiguredTracing tracing =
        ConfiguredTracing.start(config.tracing(), environment, upstream, meters, parts);
    Throttles throttles = new Throttles();
    ThrottleLimit ofAccount = accountThrottle(config.throttle());
    Explaining explain =
        Explaining.of(
            config.explain(), snapshot, new StoredFacts(records), throttles, usage, ofAccount);
    Invocations invocations =
        explain.of(
            new Invocations(
                    clock,
                    new LoopCarrier(),
                    new QuotaOverruns(quotas),
                    new ExecutionLogs(executionLog, clock),
                    tracing.ids())
                .withEventsOf(config.websocket().handlingTimeout()));
    GatewayMetrics metrics =
        new GatewayMetrics(meters, meterClock, snapshot, config.metrics().maxRouteSeries());
    CloudWatchHost cloudWatch =
        parts.add(
            CloudWatchHost.start(
                config,
                snapshot,
                records,
                new AlarmNotices(config.alarms(), upstream, services),
                MetricSinks.of(config.metrics(), upstream, services, meters),
                meters,
                clock));
    AccessLogSink accessLogs =
        parts.add(
            ConfiguredAccessLogs.start(
                config, aws.hasEndpointOf("logs") ? null : logs, services, meters));
    Telemetry telemetry =
        explain.telemetry(
            tracing.beside(List.of(metrics, cloudWatch.listener(), new AccessLogs(accessLogs))));
    Identities callersOfApis = new RootKey(config.accountId(), identities);
    TargetGroups targetGroups =
        new TargetGroups(
            upstream,
            parts.add(ConfiguredTargets.health(config.vpcLinks(), upstream.apart())),
            snapshot);
    targetGroups.onHealth(new TargetMeters(meters));
    Integrations integrations = new Integrations(upstream, targetGroups, lambda, signing, clock);
    SignedCallers signed = new SignedCallers(callersOfApis, clock);
    RestPipeline rest =
        new RestPipeline(
            invocations,
            new RuntimeState(
                new Authorizers(
                    lambdaAuthorizers,
                    new UserPoolAuthorizers(upstream, clock),
                    callersOfApis,
                    clock),
                throttles,
                usage,
                cache,
                ofAccount),
            integrations,
            telemetry,
            explain.ofTests());
    HttpApiPipeline http =
        new HttpApiPipeline(
            invocations,
            new RouteAuthorizers(
                signed,
                new JwtAuthorizers(
                    upstream,
                    KeySetLimits.ofHttpApis().within(config.jwt().issuerTimeout()),
                    clock,
                    System::nanoTime),
                new RequestAuthorizers(lambda, signing, snapshot)),
            new RouteThrottles(throttles, ofAccount),
            new RouteIntegrations(upstream, targetGroups, lambda, signing, clock),
            telemetry);
    RefusedRequests refusals = explain.refusals(meters);
    WebSocketPipeline webSocket =
        new WebSocketPipeline(
            invocations,
            snapshot,
            new WebSocketState(
                openConnections(config, snapshot, meters),
                lambdaAuthorizers,
                signed,
                throttles,
                usage,
                ofAccount),
            integrations,
            telemetry,
            explain.telemetry(List.of(metrics, cloudWatch.listener())),
            refusals);
    Testers testers = new Testers(identities, clock);
    RandomIds ids = new RandomIds();
    Certificates certificates = (reader, arn) -> AcmRecords.origin(reader, arn, clock.instant());
    PipelineAuthorizers authorizers = new PipelineAuthorizers(rest, lambdaAuthorizers, testers);
    Operations v1 =
        V1Operations.of(
            new V1Environment(
                records,
                publisher,
                clock,
                ids,
                throttleSettings(config.throttle()),
                quotas,
                compiler,
                new PipelineTestRuns(rest, testers),
                authorizers,
                new PipelineMetering(usage),
                cache::flush,
                hosts,
                certificates));
    Map<AwsApi, Operations> built = new EnumMap<>(AwsApi.class);
    built.put(AwsApi.API_GATEWAY, v1);
    Operations v2 =
        V2Operations.of(
            new V2Environment(
                records, publisher, clock, ids, quotas, hosts, certificates, authorizers::flush));
    built.put(AwsApi.API_GATEWAY_V2, v2);
    built.put(AwsApi.IAM, IamOperations.of(new IamEnvironment(records, clock, keyIds)));
    built.put(AwsApi.STS, StsOperations.of(new StsEnvironment(records, sessions, clock)));
    built.put(AwsApi.LOGS, LogsOperations.of(new LogsEnvironment(records, logs, clock)));
    built.put(AwsApi.CLOUDWATCH, cloudWatch.operations());
    LocalAuthority authority = new LocalAuthority(records, clock);
    built.put(
        AwsApi.ACM,
        AcmOperations.of(
            new AcmEnvironment(records, authority, clock, publisher::domainNameChanged)));
    if (functions != null) {
      built.put(AwsApi.LAMBDA, functions.operations());
    }
    Map<AwsApi, Operations> forClients = new EnumMap<>(built);
    Rates rates = new Rates(quotas, System::nanoTime);
    forClients.put(AwsApi.API_GATEWAY, OperationRates.limited(v1, rates));
    forClients.put(AwsApi.API_GATEWAY_V2, V2OperationRates.limited(v2, rates));
    ControlPlane controlPlane = new ControlPlane(forClients, callers);
    DataPlane dataPlane =
        new DataPlane(snapshot, rest, http, webSocket, new QuotaOverruns(quotas), hosts::keeps)
            .heardBy(refusals);

    publisher.publishAll(records);
    health.stagesPublished();
    Listeners listeners =
        Listeners.start(
            loops,
            config,
            address,
            identity,
            new DomainIdentities(
                snapshot,
                host ->
                    hosts.keeps(host) || ApiAddress.isApiHost(host) || FunctionUrls.isHost(host)),
            clock,
            aws::name,
            new SharedPort(
                dataPlane::claims,
                dataPlane,
                functions == null ? FunctionUrls.none() : functions.urls(),
                controlPlane,
                new OwnEndpoints(
                    health,
                    meters,
                    meterClock,
                    new AuthorityEndpoint(authority),
                    functions == null ? null : functions.downloads(),
                    explain.endpoint(hosts))));
    parts.add(listeners);
    functionVariables.set(aws.variablesOfFunctions(listeners.url()));
    parts.add(health::stopping);
    health.listenerBound();
    return new Gateway(
        listeners.url(),
        listeners.tlsUrl(),
        built,
        new Caller(config.accountId(), config.region(), null),
        parts);
  }

  private static OpenConnections openConnections(
      GatewayConfig config, CurrentSnapshot snapshot, MeterRegistry meters) {
    OpenConnections connections = new OpenConnections(snapshot, WebSocketSettings.bounds(config));
    Gauge.builder("portico.websocket.connections", connections, OpenConnections::size)
        .description("Open connections of WebSocket APIs")
        .register(meters);
    FunctionCounter.builder(
            "portico.websocket.refused.of.addresses",
            connections,
            OpenConnections::refusedOfAddresses)
        .description("Handshakes beyond websocket.max-connections-per-address")
        .register(meters);
    return connections;
  }

  private static @Nullable ThrottleLimit accountThrottle(GatewayConfig.Throttle throttle) {
    return throttle.rateLimit() == 0
        ? null
        : ThrottleLimit.of(throttle.rateLimit(), throttle.burstLimit());
  }

  /** What GetAccount says; AWS's clients expect numbers where there is no limit, too. */
  private static ThrottleSettings throttleSettings(GatewayConfig.Throttle throttle) {
    return throttle.rateLimit() == 0
        ? ThrottleSettings.AWS
        : new ThrottleSettings(throttle.rateLimit(), throttle.burstLimit());
  }

  private static RecordStore store(GatewayConfig config) {
    return config.ephemeral() ? new MemoryRecordStore() : SqliteRecordStore.open(config.data());
  }

  private static LogFolder logFolder(GatewayConfig config) {
    return config.ephemeral() ? LogFolder.temporary() : LogFolder.at(config.data().resolve("logs"));
  }
}
