package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.server.PorticoProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiGatewayException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** Users, their keys, instance profiles and service-linked roles, by AWS's own client for Java. */
@Portico
final class UsersTest {
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
          + "{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

  @TempDir Path folder;

  private static AwsCredentialsProvider anyKey() {
    return credentials(Endpoint.ACCESS_KEY, Endpoint.ACCESS_KEY);
  }

  private static AwsCredentialsProvider credentials(String key, String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret));
  }

  private static AwsCredentialsProvider credentials(AccessKey key) {
    return credentials(key.accessKeyId(), key.secretAccessKey());
  }

  private static IamClient iam(Endpoint endpoint, AwsCredentialsProvider credentials) {
    return IamClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(credentials)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static StsClient sts(Endpoint endpoint, AwsCredentialsProvider credentials) {
    return StsClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(credentials)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static ApiGatewayClient apis(Endpoint endpoint, AwsCredentialsProvider credentials) {
    return ApiGatewayClient.builder()
        .endpointOverride(endpoint.uri())
        .region(Region.of(Endpoint.REGION))
        .credentialsProvider(credentials)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  @Test
  void whoeverSignsWithAUsersKeyIsTheUser(Endpoint endpoint) {
    try (IamClient iam = iam(endpoint, anyKey())) {
      User made = iam.createUser(request -> request.userName("signer").path("/team/")).user();
      AccessKey key = iam.createAccessKey(request -> request.userName("signer")).accessKey();

      try (StsClient sts = sts(endpoint, credentials(key));
          IamClient own = iam(endpoint, credentials(key));
          ApiGatewayClient apis = apis(endpoint, credentials(key))) {
        assertThat(sts.getCallerIdentity().arn())
            .isEqualTo("arn:aws:iam::" + Endpoint.ACCOUNT + ":user/team/signer")
            .isEqualTo(made.arn());
        assertThat(own.getUser().user().userId()).isEqualTo(made.userId());
        assertThat(own.listAccessKeys().accessKeyMetadata())
            .extracting(each -> each.accessKeyId())
            .containsExactly(key.accessKeyId());
        apis.getRestApis();
        // The first of these calls: a use is noted once in a quarter of an hour.
        assertThat(
                iam.getAccessKeyLastUsed(request -> request.accessKeyId(key.accessKeyId()))
                    .accessKeyLastUsed()
                    .serviceName())
            .isEqualTo("sts");

        iam.updateAccessKey(
            request ->
                request
                    .userName("signer")
                    .accessKeyId(key.accessKeyId())
                    .status(StatusType.INACTIVE));
        assertThatThrownBy(sts::getCallerIdentity)
            .isInstanceOfSatisfying(
                StsException.class,
                refused ->
                    assertThat(refused.awsErrorDetails().errorCode())
                        .isEqualTo("InvalidClientTokenId"));
        iam.deleteAccessKey(request -> request.userName("signer").accessKeyId(key.accessKeyId()));
        assertThatThrownBy(apis::getRestApis)
            .isInstanceOfSatisfying(
                ApiGatewayException.class,
                refused -> {
                  assertThat(refused.statusCode()).isEqualTo(403);
                  assertThat(refused.awsErrorDetails().errorCode())
                      .isEqualTo("UnrecognizedClientException");
                });
      }
      iam.deleteUser(request -> request.userName("signer"));
      assertThat(iam.listUsersPaginator(request -> request.pathPrefix("/team/")).users()).isEmpty();
    }
  }

  @Test
  void keysStandForTheirUsersAfterARestart() {
    Path data = folder.resolve("data");
    AccessKey key;
    try (PorticoProcess server = PorticoProcess.durable(data);
        IamClient iam = iam(server.endpoint(), anyKey())) {
      iam.createUser(request -> request.userName("kept"));
      key = iam.createAccessKey(request -> request.userName("kept")).accessKey();
      server.kill();
      server.awaitExit();
    }

    try (PorticoProcess server = PorticoProcess.durable(data);
        StsClient sts = sts(server.endpoint(), credentials(key))) {
      assertThat(sts.getCallerIdentity().arn()).endsWith(":user/kept");
    }
  }

  @Test
  void anInstanceProfileHoldsItsRole(Endpoint endpoint) {
    try (IamClient iam = iam(endpoint, anyKey())) {
      iam.createRole(request -> request.roleName("hosted").assumeRolePolicyDocument(TRUST));
      iam.createInstanceProfile(request -> request.instanceProfileName("host"));
      iam.addRoleToInstanceProfile(
          request -> request.instanceProfileName("host").roleName("hosted"));

      InstanceProfile found =
          iam.getInstanceProfile(request -> request.instanceProfileName("host")).instanceProfile();
      assertThat(found.arn())
          .isEqualTo("arn:aws:iam::" + Endpoint.ACCOUNT + ":instance-profile/host");
      assertThat(found.roles()).extracting(Role::roleName).containsExactly("hosted");
      assertThat(
              iam.listInstanceProfilesForRole(request -> request.roleName("hosted"))
                  .instanceProfiles())
          .extracting(InstanceProfile::instanceProfileName)
          .containsExactly("host");
      assertThatThrownBy(() -> iam.deleteRole(request -> request.roleName("hosted")))
          .isInstanceOf(DeleteConflictException.class);
      iam.removeRoleFromInstanceProfile(
          request -> request.instanceProfileName("host").roleName("hosted"));
      iam.deleteInstanceProfile(request -> request.instanceProfileName("host"));
      iam.deleteRole(request -> request.roleName("hosted"));
    }
  }

  @Test
  void aServiceHasItsRole(Endpoint endpoint) {
    try (IamClient iam = iam(endpoint, anyKey())) {
      Role made =
          iam.createServiceLinkedRole(
                  request -> request.awsServiceName("ops.apigateway.amazonaws.com"))
              .role();

      assertThat(iam.getRole(request -> request.roleName(made.roleName())).role().path())
          .isEqualTo("/aws-service-role/ops.apigateway.amazonaws.com/");
      String task =
          iam.deleteServiceLinkedRole(request -> request.roleName(made.roleName()))
              .deletionTaskId();
      assertThat(
              iam.getServiceLinkedRoleDeletionStatus(request -> request.deletionTaskId(task))
                  .status())
          .isEqualTo(DeletionTaskStatusType.SUCCEEDED);
    }
  }
}
