package io.portico.gateway.snapshot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where AWS is to deliver an access log, as the stage's settings name it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html">Set
 *     up logging</a>
 */
public sealed interface LogDestination {

  /** The ARN, by which it can be found again. */
  String arn();

  /** A log group of CloudWatch Logs. */
  record LogGroup(String accountId, String region, String name) implements LogDestination {
    @Override
    public String arn() {
      return "arn:aws:logs:" + region + ":" + accountId + ":log-group:" + name;
    }

    /** The group that has the lines of the stage's canary as well. */
    public LogGroup ofCanary() {
      return new LogGroup(accountId, region, name + "/Canary");
    }
  }

  /** A delivery stream of Firehose. */
  record DeliveryStream(String partition, String region, String accountId, String name)
      implements LogDestination {
    @Override
    public String arn() {
      return "arn:"
          + partition
          + ":firehose:"
          + region
          + ":"
          + accountId
          + ":deliverystream/"
          + name;
    }
  }

  /** None that is known here: its lines go where all go. */
  record Unknown(String arn) implements LogDestination {}

  /**
   * What an ARN names. AWS: source: documented, set-up-logging.html and
   * apigateway-logging-to-kinesis.html; that of a log group may end with {@code :*}.
   */
  static LogDestination of(String arn) {
    Matcher group = Arns.LOG_GROUP.matcher(arn);
    if (group.matches()) {
      return new LogGroup(group.group(2), group.group(1), group.group(3));
    }
    Matcher stream = Arns.DELIVERY_STREAM.matcher(arn);
    return stream.matches()
        ? new DeliveryStream(stream.group(1), stream.group(2), stream.group(3), stream.group(4))
        : new Unknown(arn);
  }

  /** The forms of ARNs. */
  final class Arns {
    private static final Pattern LOG_GROUP =
        Pattern.compile("arn:aws[a-z-]*:logs:([^:]+):([0-9]{12}):log-group:([^:]+)(?::\\*)?");
    private static final Pattern DELIVERY_STREAM =
        Pattern.compile("arn:(aws[a-z-]*):firehose:([^:]+):([0-9]{12}):deliverystream/([^:/]+)");

    private Arns() {}
  }
}
