package io.portico.conformance.counterparts;

import java.net.URI;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/**
 * DynamoDB Local, S3Proxy for S3 and ElasticMQ for SQS. S3Proxy takes what is signed with {@link
 * #KEY} and nothing else; DynamoDB Local has tables of their own for each key and region.
 */
public final class Counterparts implements AutoCloseable {
  /** Key and secret alike: what Portico signs with where the environment says nothing else. */
  public static final String KEY = "test";

  private final SQSRestServer queues =
      SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
  private final ObjectServer objects = ObjectServer.start();
  private final TableServer tables = TableServer.start();

  public URI sqs() {
    return URI.create("http://127.0.0.1:" + queues.waitUntilStarted().localAddress().getPort());
  }

  public URI s3() {
    return objects.url();
  }

  public URI dynamoDb() {
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
    tables.close();
  }
}
