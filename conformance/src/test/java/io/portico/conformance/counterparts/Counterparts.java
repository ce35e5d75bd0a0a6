package io.portico.conformance.counterparts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portico.conformance.process.NodeServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * dynalite for DynamoDB, S3Proxy for S3 and ElasticMQ for SQS. S3Proxy takes what is signed with
 * {@link #KEY} and nothing else.
 */
public final class Counterparts implements AutoCloseable {
  /** Key and secret alike: what Portico signs with where the environment says nothing else. */
  public static final String KEY = "test";

  private final SQSRestServer queues =
      SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
  private final ObjectServer objects = ObjectServer.start();
  private final @Nullable NodeServer tables =
      NodeServer.start("dynalite", Path.of("").toAbsolutePath(), Map.of()).orElse(null);

  public URI sqs() {
    return URI.create("http://127.0.0.1:" + queues.waitUntilStarted().localAddress().getPort());
  }

  public URI s3() {
    return objects.url();
  }

  /** Where DynamoDB's is; a test that asks is not run where there is no Node.js. */
  public URI dynamoDb() {
    assumeTrue(tables != null, "Node.js (node, npm) is not installed");
    return tables.url();
  }

  /** What tells AWS's clients, and Portico, where they are. */
  public Map<String, String> variables() {
    return Map.of(
        "AWS_ENDPOINT_URL_SQS", sqs().toString(),
        "AWS_ENDPOINT_URL_S3", s3().toString(),
        "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb().toString());
  }

  @Override
  public void close() {
    queues.stopAndWait();
    objects.close();
    if (tables != null) {
      tables.close();
    }
  }
}
