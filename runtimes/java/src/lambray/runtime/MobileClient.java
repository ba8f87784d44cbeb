package lambray.runtime;

import com.amazonaws.services.lambda.runtime.Client;
import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the mobile SDKs tell of their application, device and user; every field may be missing. */
final class MobileClient implements ClientContext, Client {
  private final Map<?, ?> context;

  private MobileClient(Map<?, ?> context) {
    this.context = context;
  }

  /** @param json null or empty when the caller sent none */
  static ClientContext contextOf(String json) {
    return json == null || json.isEmpty() ? null : new MobileClient((Map<?, ?>) JsonReader.read(json));
  }

  static CognitoIdentity identityOf(String json) {
    if (json == null || json.isEmpty()) return null;
    Map<?, ?> identity = (Map<?, ?>) JsonReader.read(json);
    return new CognitoIdentity() {
      @Override
      public String getIdentityId() {
        return (String) identity.get("cognitoIdentityId");
      }

      @Override
      public String getIdentityPoolId() {
        return (String) identity.get("cognitoIdentityPoolId");
      }
    };
  }

  @Override
  public Client getClient() {
    return context.get("client") == null ? null : this;
  }

  @Override
  public Map<String, String> getCustom() {
    return texts("custom");
  }

  @Override
  public Map<String, String> getEnvironment() {
    return texts("env");
  }

  @Override
  public String getInstallationId() {
    return ofClient("installation_id");
  }

  @Override
  public String getAppTitle() {
    return ofClient("app_title");
  }

  @Override
  public String getAppVersionName() {
    return ofClient("app_version_name");
  }

  @Override
  public String getAppVersionCode() {
    return ofClient("app_version_code");
  }

  @Override
  public String getAppPackageName() {
    return ofClient("app_package_name");
  }

  private String ofClient(String field) {
    Object value = ((Map<?, ?>) context.get("client")).get(field);
    return value == null ? null : value.toString();
  }

  private Map<String, String> texts(String field) {
    if (context.get(field) == null) return null;
    Map<String, String> texts = new LinkedHashMap<>();
    ((Map<?, ?>) context.get(field)).forEach((name, value) -> texts.put((String) name, value == null ? null : value.toString()));
    return Collections.unmodifiableMap(texts);
  }
}
