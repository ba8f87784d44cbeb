import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;
import java.util.Map;

/** What the runtime is trained on: a handler of each common form. */
public final class Echo implements RequestHandler<Map<String, Object>, Object> {
  @Override
  public Object handleRequest(Map<String, Object> event, Context context) {
    context.getLogger().log("event of " + context.getRemainingTimeInMillis());
    return event;
  }

  public Bean bean(Bean event) {
    return event;
  }

  public String fail() {
    throw new IllegalStateException("as it should");
  }

  public static final class Bean {
    private String text;
    private int number;
    private List<String> list;

    public String getText() {
      return text;
    }

    public void setText(String text) {
      this.text = text;
    }

    public int getNumber() {
      return number;
    }

    public void setNumber(int number) {
      this.number = number;
    }

    public List<String> getList() {
      return list;
    }

    public void setList(List<String> list) {
      this.list = list;
    }
  }
}
