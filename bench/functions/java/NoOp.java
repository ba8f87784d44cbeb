import java.util.Map;

public class NoOp {
  public Object handle(Map<String, Object> event) {
    return null;
  }
}
