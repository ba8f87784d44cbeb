package com.amazonaws.services.lambda.runtime.events;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.Date;
import java.util.List;

/** Named and shaped like the class in AWS's library of events, which functions bring themselves. */
public class SQSEvent {
  private List<Message> records;

  public List<Message> getRecords() { return records; }
  public void setRecords(List<Message> records) { this.records = records; }

  public static class Message {
    private String eventSourceArn;
    private Date sent;

    public String getEventSourceArn() { return eventSourceArn; }
    public void setEventSourceArn(String arn) { eventSourceArn = arn; }
    public Date getSent() { return sent; }
    public void setSent(Date sent) { this.sent = sent; }
  }

  public static String handle(SQSEvent event, Context context) {
    Message first = event.getRecords().get(0);
    return first.getEventSourceArn() + " " + first.getSent().getTime();
  }
}
