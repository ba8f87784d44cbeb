package lambray.runtime;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Makes the AWS SDK for Java 1 follow AWS_ENDPOINT_URL, which only version 2 knows by itself: by its own property for a list of regions, in
 * which every service has that endpoint. What a client is configured with explicitly wins.
 */
final class SdkV1Endpoint {
  /** The class of the SDK that is loaded before any client chooses its protocol or looks up its region. */
  static final String FIRST_CLASS = "com.amazonaws.ClientConfiguration";

  private static final String REGIONS_PROPERTY = "com.amazonaws.regions.RegionUtils.fileOverride";
  private static final String[] SERVICES = {
    "apigateway", "athena", "autoscaling", "cloudformation", "cognito-idp", "dynamodb", "ec2", "ecs", "email", "events", "firehose", "glue", "iam",
    "kinesis", "kms", "lambda", "logs", "monitoring", "rds", "redshift", "route53", "s3", "secretsmanager", "sns", "sqs", "ssm", "states",
    "streams.dynamodb", "sts", "xray",
  };

  private static URI endpoint;
  private static String region;

  private SdkV1Endpoint() {}

  /** @param url null when the SDK is to go to AWS itself */
  static void follow(String url, String ofRegion) {
    endpoint = url == null || url.isEmpty() ? null : URI.create(url);
    region = ofRegion;
  }

  static void configure(ClassLoader sdk) {
    if (endpoint == null || System.getProperty(REGIONS_PROPERTY) != null) return;
    try {
      File regions = File.createTempFile("regions", ".xml");
      regions.deleteOnExit();
      Files.write(regions.toPath(), regionsXml().getBytes(StandardCharsets.UTF_8));
      System.setProperty(REGIONS_PROPERTY, regions.getPath());
      if ("http".equals(endpoint.getScheme())) speakHttp(sdk);
    } catch (IOException | ReflectiveOperationException failed) {
      System.err.println("The AWS SDK for Java 1 could not be pointed at " + endpoint + ": " + failed);
    }
  }

  private static String regionsXml() {
    StringBuilder xml = new StringBuilder("<XML><Regions><Region><Name>" + region + "</Name><Domain>amazonaws.com</Domain>");
    for (String service : SERVICES) {
      xml.append("<Endpoint><ServiceName>").append(service).append("</ServiceName><Http>true</Http><Https>true</Https><Hostname>")
          .append(endpoint.getAuthority()).append("</Hostname></Endpoint>");
    }
    return xml.append("</Region></Regions></XML>").toString();
  }

  // Endpoints of regions get the default protocol of all clients, which is no setting but an enumeration's value.
  private static void speakHttp(ClassLoader sdk) throws ReflectiveOperationException {
    Class<?> protocols = Class.forName("com.amazonaws.Protocol", true, sdk);
    Field scheme = protocols.getDeclaredField("protocol");
    scheme.setAccessible(true);
    scheme.set(protocols.getField("HTTPS").get(null), "http");
  }
}
