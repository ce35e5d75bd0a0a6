package io.portico.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything an operator can set. A component's name in kebab case is its key. */
public record GatewayConfig(
    @Setting(
            value =
                "Address the gateway listens on. Only loopback addresses so far: requests to the"
                    + " control plane are not authenticated yet, so binding elsewhere is refused.",
            byDefault = "127.0.0.1",
            pattern = "[0-9A-Za-z.:-]{1,253}",
            allowed = "a host name or address")
        String host,
    @Setting(
            value = "Port the gateway listens on; 0 takes a free one.",
            byDefault = "4566",
            max = 65535)
        int port,
    @Setting(
            value =
                "Port the gateway listens on for HTTPS as well; 0 takes a free one. Without it there"
                    + " is no HTTPS.",
            byDefault = "",
            max = 65535)
        @Nullable Integer tlsPort,
    @Setting(
            value =
                "File with the certificate of HTTPS and those of its issuers behind it, in PEM. Without"
                    + " it, a development certificate that signs itself is made and kept in data.",
            byDefault = "")
        @Nullable Path tlsCert,
    @Setting(value = "File with the key of tls-cert, in PEM, without a password.", byDefault = "")
        @Nullable Path tlsKey,
    @Setting(
            value =
                "How often tls-cert and tls-key are looked at, and backends.ca-file. Once the two"
                    + " have changed and belong together, new clients are shown what they hold; once"
                    + " the third has, new connections to backends trust whom it names. 0s for"
                    + " never.",
            byDefault = "10s",
            max = 3_600_000)
        Duration tlsReloadInterval,
    @Setting(
            value =
                "Names, besides localhost, IP addresses, AWS's endpoints and host, under which the"
                    + " control plane may be called; under others the answer is 403, so that no web"
                    + " page reaches it by DNS rebinding.",
            byDefault = "",
            pattern =
                "[0-9A-Za-z_-][0-9A-Za-z._-]{0,252}(, ?[0-9A-Za-z_-][0-9A-Za-z._-]{0,252}){0,99}",
            allowed = "host names without ports, separated by commas")
        @Nullable String controlHosts,
    @Setting(
            value = "Folder of the durable store; created where it is missing.",
            byDefault = "./portico-data")
        Path data,
    @Setting(
            value = "Keep everything in memory only; nothing is read from or written to data.",
            byDefault = "false")
        boolean ephemeral,
    @Setting(
            value =
                "Account of requests whose access key id is not itself an account id"
                    + " (twelve digits).",
            byDefault = "000000000000",
            pattern = "[0-9]{12}",
            allowed = "twelve digits")
        String accountId,
    @Setting(
            value = "Region of requests whose signature names none.",
            byDefault = "us-east-1",
            pattern = "[a-z0-9]+(-[a-z0-9]+)*",
            allowed = "a region such as us-east-1")
        String region,
    @Setting(
            value =
                "How long requests under way may take to end once the gateway is told to stop; then"
                    + " their connections are closed.",
            byDefault = "10s",
            max = 3_600_000)
        Duration drainTimeout,
    Throttle throttle,
    QuotaConfig quotas,
    Cache cache,
    Http http,
    Http2 http2,
    WebSocketConfig websocket,
    BackendsConfig backends,
    Logging logging,
    AccessLogConfig accessLog,
    ExecutionLogConfig executionLog,
    MetricsConfig metrics,
    AlarmsConfig alarms,
    TracingConfig tracing,
    Lambda lambda,
    Aws aws,
    JwtConfig jwt,
    CognitoConfig cognito,
    VpcLinksConfig vpcLinks,
    ExplainConfig explain) {

  private static final Pattern COMMA = Pattern.compile(", ?");

  /** The names that the control plane answers to by configuration. */
  public List<String> controlNames() {
    return controlHosts == null
        ? List.of(host)
        : Stream.concat(Stream.of(host), COMMA.splitAsStream(controlHosts)).toList();
  }

  /** The limits of each account in a region, over all of its APIs. */
  public record Throttle(
      @Setting(
              value =
                  "Requests a second that an account may make in a region, over all of its APIs;"
                      + " beyond, the answer is 429. 0 for no limit, which is the default: AWS's"
                      + " 10000 protect hardware that others share. GetAccount shows"
                      + " AWS's numbers then, too.",
              byDefault = "0",
              max = 1_000_000_000,
              unit = "requests a second")
          int rateLimit,
      @Setting(
              value =
                  "Requests at once within throttle.rate-limit: how many tokens its bucket holds."
                      + " The default is AWS's.",
              byDefault = "5000",
              min = 1,
              max = 1_000_000_000,
              unit = "requests")
          int burstLimit) {}

  /** What is kept of the answers of stages that have a cache. */
  public record Cache(
      @Setting(
              value =
                  "Most memory for the answers of all stages with a cache (cacheClusterEnabled); a"
                      + " stage keeps no more than its cacheClusterSize either. 0 takes an eighth"
                      + " of the heap.",
              byDefault = "0",
              max = 1_000_000,
              unit = "megabytes")
          int maxSize) {

    /** The same in bytes, on a heap of so many. */
    public long maxBytes(long heap) {
      return maxSize == 0 ? heap / 8 : maxSize * 1024L * 1024;
    }
  }

  /** How the gateway listens. */
  public record Http(
      @Setting(
              value = "Event loops, each with a thread of its own; 0 takes one for each core.",
              byDefault = "0",
              max = 1024)
          int eventLoops,
      @Setting(
              value = "Longest time for a request's head to arrive; then the answer is 408.",
              byDefault = "10s",
              min = 1,
              max = 3_600_000)
          Duration headerTimeout,
      @Setting(
              value =
                  "Longest pause while a request's body arrives or an answer is taken; then the"
                      + " connection is closed.",
              byDefault = "30s",
              min = 1,
              max = 3_600_000)
          Duration bodyTimeout,
      @Setting(
              value = "Longest time a connection stays open without a request.",
              byDefault = "75s",
              min = 1,
              max = 3_600_000)
          Duration keepAliveTimeout,
      @Setting(
              value =
                  "Most connections at once on each port. One beyond takes the place of an idle one"
                      + " whose client's address has more of them, or is closed as soon as it is"
                      + " made. Those of WebSocket APIs are never idle: websocket.max-connections.",
              byDefault = "10000",
              unit = "connections",
              min = 1,
              max = 1_000_000)
          int maxConnections,
      @Setting(
              value =
                  "Slowest that a request's body may arrive in all once body-timeout is used up; then"
                      + " the answer is 408. 0 for no such limit.",
              byDefault = "500",
              unit = "bytes a second",
              max = 1_000_000_000)
          int leastBodyRate) {}

  /** What a client may do on one HTTP/2 connection, and whether backends are spoken to by it. */
  public record Http2(
      @Setting(
              value = "Most requests at once; one beyond is refused with REFUSED_STREAM.",
              byDefault = "128",
              unit = "requests",
              min = 1,
              max = 10_000)
          int maxConcurrentStreams,
      @Setting(
              value =
                  "Most requests in ten seconds that the client resets, or that break HTTP/2's rules;"
                      + " then the connection ends with ENHANCE_YOUR_CALM.",
              byDefault = "200",
              unit = "requests",
              min = 1,
              max = 1_000_000)
          int maxResets,
      @Setting(
              value =
                  "Most frames in ten seconds that bring no request on and that no answer calls for"
                      + " (PING, SETTINGS, PRIORITY, WINDOW_UPDATE, CONTINUATION, DATA without content);"
                      + " then the connection ends with ENHANCE_YOUR_CALM.",
              byDefault = "1000",
              unit = "frames",
              min = 16,
              max = 1_000_000)
          int maxIdleFrames,
      @Setting(
              value =
                  "Speak HTTP/2 with backends that offer it (ALPN, so over TLS), many calls at once on"
                      + " a connection. AWS speaks HTTP/1.1 to them, and so names of header fields"
                      + " keep their casing; by HTTP/2 they are in lower case both ways.",
              byDefault = "false")
          boolean toBackends) {}

  /** What the gateway says about itself, on standard error. */
  public record Logging(
      @Setting(value = "Least severe messages to write.", byDefault = "info") Level level,
      @Setting(
              value = "Form of a message: a line for people, or a JSON object a line for machines.",
              byDefault = "human")
          Format format) {

    /** Severities, the most talkative first. */
    public enum Level {
      TRACE,
      DEBUG,
      INFO,
      WARN,
      ERROR
    }

    /** Forms of a message. */
    public enum Format {
      HUMAN,
      JSON
    }
  }

  /** The endpoint that functions of integrations are invoked at, and how Portico runs functions. */
  public record Lambda(
      @Setting(
              value =
                  "URL of a Lambda endpoint, spoken to in Lambda's Invoke API. Without it, functions"
                      + " are invoked where aws.endpoints or AWS_ENDPOINT_URL_LAMBDA of the"
                      + " environment says; else Portico's own Lambda host runs them, or, with"
                      + " lambda.host=false, they are where aws.endpoint or AWS_ENDPOINT_URL says. A"
                      + " path that ends with /invocations is kept as it is.",
              byDefault = "")
          @Nullable URI endpoint,
      @Setting(
              value =
                  "URLs of Lambda endpoints by patterns of functions' ARNs, with the wildcards * and ?:"
                      + " arn:aws:lambda:*:*:function:orders-*=http://127.0.0.1:3001. The first that"
                      + " is like a function's ARN is its endpoint, before all that"
                      + " lambda.endpoint's description names; portico in place of a URL is"
                      + " Portico's own Lambda host.",
              byDefault = "",
              pattern =
                  "[^\\s,=]{1,300}=[^\\s,]{1,1000}(, ?[^\\s,=]{1,300}=[^\\s,]{1,1000}){0,499}",
              allowed = "ARN=URL pairs, separated by commas")
          @Nullable String endpoints,
      @Setting(
              value =
                  "Run functions as processes of this machine and speak Lambda's API. Off, its"
                      + " operations answer 501.",
              byDefault = "true")
          boolean host,
      @Setting(
              value =
                  "Invoke a function of Portico's own host for an API, or by its URL, only if the"
                      + " function's policy lets API Gateway or everybody (aws lambda"
                      + " add-permission), as AWS does.",
              byDefault = "true")
          boolean permissions,
      @Setting(
              value =
                  "Refuse functions whose role nobody has made here (aws iam create-role) or does not"
                      + " trust Lambda, and calls of integrations as such a role, as AWS does. Off,"
                      + " a role that nobody has made may be any.",
              byDefault = "false")
          boolean requireRoles,
      @Setting(
              value =
                  "Programs that run functions, by runtime: nodejs22.x=/opt/node22/bin/node. One that"
                      + " is not listed is looked for on the PATH and where version managers install.",
              byDefault = "",
              pattern = "[a-z0-9.]{1,32}=/[^,=]{1,1000}(, ?[a-z0-9.]{1,32}=/[^,=]{1,1000}){0,49}",
              allowed = "runtime=/path pairs, separated by commas")
          @Nullable String runtimes,
      @Setting(
              value =
                  "Most execution environments of a version of a function, each a process; beyond,"
                      + " invocations wait for one.",
              byDefault = "16",
              unit = "environments",
              min = 1,
              max = 10_000)
          int maxEnvironments,
      @Setting(
              value = "How long an execution environment is kept that has nothing to do.",
              byDefault = "10m",
              min = 1,
              max = 86_400_000)
          Duration idleTimeout,
      @Setting(
              value =
                  "How long an event of an asynchronous invocation waits after the function has"
                      + " failed on it; after a second failure twice as long. The default is AWS's.",
              byDefault = "1m",
              min = 1,
              max = 86_400_000)
          Duration retryDelay,
      @Setting(
              value =
                  "What functions see of this machine: none keeps nothing from them; with namespaces (on"
                      + " Linux, by util-linux) they find AWS's /var/task, /opt and /tmp, write to /tmp"
                      + " alone and see no other files and processes. The start is refused where the"
                      + " machine does not allow that.",
              byDefault = "none")
          Isolation isolation) {

    /** In place of a URL: Portico's own Lambda host. */
    private static final String OWN = "portico";

    /** What functions see of this machine. */
    public enum Isolation {
      NONE,
      NAMESPACES
    }

    /**
     * Some functions and their endpoint.
     *
     * @param functions what their ARNs are like, as it is written
     * @param endpoint null for Portico's own Lambda host
     */
    public record FunctionEndpoint(String functions, @Nullable URI endpoint) {}

    /**
     * The endpoints of some functions, in the order in which they are looked at.
     *
     * @throws ConfigException if one is no URL, or Portico has no host
     */
    public List<FunctionEndpoint> functionEndpoints() {
      return endpoints == null
          ? List.of()
          : COMMA.splitAsStream(endpoints).map(this::functionEndpoint).toList();
    }

    private FunctionEndpoint functionEndpoint(String pair) {
      String[] parts = pair.split("=", 2);
      if (parts[1].equals(OWN)) {
        if (!host) {
          throw refused(pair, "a URL, as lambda.host is false");
        }
        return new FunctionEndpoint(parts[0], null);
      }
      URI url = ConfigValues.uri(parts[1]);
      if (url == null) {
        throw refused(pair, ConfigValues.URL + ", or portico");
      }
      return new FunctionEndpoint(parts[0], url);
    }

    private static ConfigException refused(String pair, String allowed) {
      return new ConfigException(
          "lambda.endpoints: %s: allowed is %s".formatted(ConfigValues.shown(pair), allowed), null);
    }

    /** The programs that are configured, by the name of the runtime. */
    public Map<String, Path> programs() {
      Map<String, Path> programs = new LinkedHashMap<>();
      if (runtimes != null) {
        COMMA
            .splitAsStream(runtimes)
            .map(pair -> pair.split("=", 2))
            .forEach(pair -> programs.put(pair[0], Path.of(pair[1])));
      }
      return programs;
    }
  }

  /** The endpoints that integrations with AWS's services call. */
  public record Aws(
      @Setting(
              value =
                  "URL at which integrations call every AWS service that neither aws.endpoints nor"
                      + " the environment's AWS_ENDPOINT_URL_SQS and its like name. Without it,"
                      + " AWS_ENDPOINT_URL of the environment, unless that is Portico itself.",
              byDefault = "")
          @Nullable URI endpoint,
      @Setting(
              value =
                  "URLs of single AWS services, by AWS's service id or the name in integrations'"
                      + " addresses: sqs=http://127.0.0.1:9324, states=http://127.0.0.1:8083. They"
                      + " go before AWS_ENDPOINT_URL_SQS and its like of the environment.",
              byDefault = "",
              pattern =
                  "[0-9A-Za-z._ -]{1,64}=[^\\s,]{1,1000}(,[0-9A-Za-z._ -]{1,64}=[^\\s,]{1,1000}){0,499}",
              allowed = "service=URL pairs, separated by commas")
          @Nullable String endpoints,
      @Setting(
              value =
                  "Call AWS itself, with the credentials of the environment, for a service that has"
                      + " no endpoint by any of these; else such calls answer 500. Functions are"
                      + " not invoked there.",
              byDefault = "false")
          boolean callAws,
      @Setting(
              value =
                  "Call AWS services as the roles that integrations and authorizers name"
                      + " (credentials, credentialsArn, authorizerCredentials): Portico assumes"
                      + " them, with the credentials of the environment, at STS's endpoint by the"
                      + " same keys. A call whose role cannot be assumed answers 500. Off, all are"
                      + " called with the credentials of the environment. Without it, it is on where"
                      + " aws.call-aws is, or where an endpoint is one of AWS's own.",
              byDefault = "")
          @Nullable Boolean assumeRoles) {

    /**
     * Whether a call of a service as a role is made with a session of that role, or not at all.
     *
     * @param reachesAws whether any service is called at AWS
     */
    public boolean assumesRoles(boolean reachesAws) {
      return assumeRoles == null ? reachesAws : assumeRoles;
    }

    /**
     * The endpoints of single services.
     *
     * @return by service, as it is written
     * @throws ConfigException if one of them is no URL or a name is there twice
     */
    public Map<String, URI> endpointsByService() {
      Map<String, URI> urls = new LinkedHashMap<>();
      if (endpoints != null) {
        COMMA
            .splitAsStream(endpoints)
            .map(pair -> pair.split("=", 2))
            .forEach(
                pair -> {
                  if (urls.put(pair[0], url(pair[0], pair[1])) != null) {
                    throw refused(pair[0], pair[1], "one URL for a service");
                  }
                });
      }
      return urls;
    }

    private static URI url(String service, String text) {
      URI url = ConfigValues.uri(text);
      if (url == null) {
        throw refused(service, text, ConfigValues.URL);
      }
      return url;
    }

    private static ConfigException refused(String service, String text, String allowed) {
      return new ConfigException(
          "aws.endpoints: %s=%s: allowed is %s"
              .formatted(service, ConfigValues.shown(text), allowed),
          null);
    }
  }
}
