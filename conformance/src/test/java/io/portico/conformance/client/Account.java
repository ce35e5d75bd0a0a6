package io.portico.conformance.client;

import io.portico.conformance.server.Endpoint;
import java.io.Closeable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.acm.model.KeyAlgorithm;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.ClientCertificate;
import software.amazon.awssdk.services.apigateway.model.DomainName;
import software.amazon.awssdk.services.apigateway.model.DomainNameAccessAssociation;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.VpcLink;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LayersListItem;

/** An account that nobody else uses, as the AWS SDK for Java sees it. */
public final class Account implements Closeable {
  /** Lists leave out certificates of other keys than RSA's unless they are asked for. */
  private static final List<KeyAlgorithm> KEYS =
      KeyAlgorithm.knownValues().stream().sorted().toList();

  private final Endpoint endpoint;
  private final String id;
  private final SdkHttpClient http = Apache5HttpClient.create();
  private final ApiGatewayClient gateway;
  private final ApiGatewayV2Client gatewayV2;
  private final LambdaClient functions;
  private final IamClient iam;
  private final CloudWatchLogsClient logs;
  private final CloudWatchClient cloudWatch;
  private final AcmClient certificates;

  /**
   * @param id twelve digits: as an access key, they are good for the account of that number
   */
  public Account(Endpoint endpoint, String id) {
    this.endpoint = endpoint;
    this.id = id;
    this.gateway = built(ApiGatewayClient.builder());
    this.gatewayV2 = built(ApiGatewayV2Client.builder());
    this.functions = built(LambdaClient.builder());
    this.iam = built(IamClient.builder());
    this.logs = built(CloudWatchLogsClient.builder());
    this.cloudWatch = built(CloudWatchClient.builder());
    this.certificates = built(AcmClient.builder());
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C built(B builder) {
    return builder
        .endpointOverride(endpoint.uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(id, id)))
        .httpClient(http)
        .build();
  }

  public String id() {
    return id;
  }

  public ApiGatewayClient gateway() {
    return gateway;
  }

  /** What is in a log group. */
  public List<String> logged(String group) {
    return logs.filterLogEvents(request -> request.logGroupName(group)).events().stream()
        .map(FilteredLogEvent::message)
        .toList();
  }

  /** What the account has, by family. A family of which it has nothing is not there. */
  public Map<String, List<String>> contents() {
    Map<String, List<String>> contents = new LinkedHashMap<>();
    contents.put("REST APIs", named(gateway.getRestApis().items(), RestApi::name));
    contents.put("API keys", named(gateway.getApiKeys().items(), ApiKey::name));
    contents.put("usage plans", named(gateway.getUsagePlans().items(), UsagePlan::name));
    contents.put("VPC links", named(gateway.getVpcLinks().items(), VpcLink::name));
    contents.put(
        "HTTP and WebSocket APIs",
        named(gatewayV2.getApis(request -> {}).items(), api -> api.name()));
    contents.put(
        "VPC links of v2",
        named(gatewayV2.getVpcLinks(request -> {}).items(), link -> link.name()));
    contents.put(
        "client certificates",
        named(gateway.getClientCertificates().items(), ClientCertificate::clientCertificateId));
    contents.put("domain names", named(gateway.getDomainNames().items(), DomainName::domainName));
    contents.put(
        "access associations",
        named(
            gateway.getDomainNameAccessAssociations(request -> {}).items(),
            DomainNameAccessAssociation::domainNameAccessAssociationArn));
    contents.put(
        "the account's role",
        Optional.ofNullable(gateway.getAccount(request -> {}).cloudwatchRoleArn()).stream()
            .toList());
    contents.put(
        "functions",
        named(functions.listFunctions().functions(), FunctionConfiguration::functionName));
    contents.put("layers", named(functions.listLayers().layers(), LayersListItem::layerName));
    contents.put("roles", named(iam.listRoles().roles(), Role::roleName));
    contents.put("users", named(iam.listUsers().users(), User::userName));
    contents.put(
        "policies",
        named(
            iam.listPolicies(request -> request.scope(PolicyScopeType.LOCAL)).policies(),
            Policy::policyName));
    contents.put(
        "instance profiles",
        named(iam.listInstanceProfiles().instanceProfiles(), InstanceProfile::instanceProfileName));
    contents.put("log groups", named(logs.describeLogGroups().logGroups(), LogGroup::logGroupName));
    contents.put(
        "alarms", named(cloudWatch.describeAlarms().metricAlarms(), MetricAlarm::alarmName));
    contents.put(
        "certificates",
        named(
            certificates
                .listCertificates(request -> request.includes(of -> of.keyTypes(KEYS)))
                .certificateSummaryList(),
            CertificateSummary::domainName));
    contents.values().removeIf(List::isEmpty);
    return contents;
  }

  private static <T> List<String> named(List<T> found, Function<T, String> name) {
    return found.stream().map(name).toList();
  }

  @Override
  public void close() {
    Stream.of(gateway, gatewayV2, functions, iam, logs, cloudWatch, certificates)
        .forEach(client -> client.close());
    http.close();
  }
}
